"""An eight-hour day of a thousand representatives on one application user of one web server.

``days`` and ``visits`` say what people do and what their pages call, ``recording`` makes the calls
of a few of them to the real functions over the mock and notes what each asked of Dataverse, and
``crowd`` plays those records a hundredfold through the mock's own limits, in virtual time.
"""
