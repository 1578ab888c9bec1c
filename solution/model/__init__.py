"""What the solution consists of: the single source for the mock, the tests and the package.

Nothing here is imported by the functions at run time: they are deployed without ``solution/``, and
a test compares the names they use with these.
"""
