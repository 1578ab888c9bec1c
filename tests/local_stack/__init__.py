"""The whole product on one machine, without a tenant: ``python -m tests.local_stack``.

The command's own process serves the token desk and the workspace page. Two children serve the rest:
``tests.local_stack.office`` (the mock Dataverse with a seeded office) and
``tests.local_stack.functions_host`` (the functions, unchanged). With ``--queues azurite`` a third
one keeps the messages.
"""
