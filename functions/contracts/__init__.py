"""The JSON we accept and send."""
