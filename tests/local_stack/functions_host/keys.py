"""The keys of a host that asks for some. They protect nothing, and are no secrets."""

FUNCTION_KEY = "local-function-key"
MASTER_KEY = "local-master-key"
