"""A local Functions host: runs a v2-model app as the platform does, without Core Tools or storage.

What it imitates, and what not: HTTP routes and auth levels (keys are checked only when asked to),
timers and queues through ``/admin/functions/<name>``, queue output bindings, in-memory queues with
visibility and poison. Not imitated: time limits, several instances, retry policies, async handlers,
any trigger or binding besides HTTP, timer and queue. Messages live as long as the process.
"""
