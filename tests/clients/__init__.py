"""Software of others does against the mock what it is for: a second opinion on our Dataverse."""
