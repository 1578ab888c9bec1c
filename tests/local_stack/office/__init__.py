"""A small office in the mock Dataverse: people, cases and, if wanted, the work of the last days.

Ids are the same every time; days are counted back from today.
"""
