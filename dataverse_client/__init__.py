"""A typed client for the Dataverse Web API."""
