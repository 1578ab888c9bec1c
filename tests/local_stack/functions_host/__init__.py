"""A local Functions host: runs a v2-model app as the platform does, without Core Tools or storage.

What it imitates, and what not: HTTP routes and auth levels (keys are checked only when asked to),
timers and queues through ``/admin/functions/<name>``, queue output bindings, queues with batches,
visibility and poison. Messages live in memory as long as the process, or in a storage account. Not
imitated: time limits, retry policies, async handlers, any trigger or binding besides HTTP, timer
and queue. Several instances can share an account's queues; each fires its own timers.
"""
