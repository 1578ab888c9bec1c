"""Commands for who runs the service; none of it is deployed."""
