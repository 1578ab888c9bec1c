"""The functions' process is killed again and again while widgets work: is every second there?

``python -m tests.real_queues.endurance --kills 100`` does it and tells the figures.

Six parts: Azurite, the mock Dataverse and the functions run in processes of their own; the token
desk, the widgets and who makes the weather are threads of the command. Only the functions are
killed. What they should have recorded is counted by itself in ``truth``.
"""
