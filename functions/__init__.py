"""The function app: HTTP, queues and timers around the domain of handling time."""
