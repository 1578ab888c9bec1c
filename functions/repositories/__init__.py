"""Domain values to Dataverse rows and back; the only place that knows tables and columns."""
