"""The functions and their host over real Storage queues: Azurite's.

``python -m tests.real_queues.endurance`` kills the functions again and again under load.
"""
