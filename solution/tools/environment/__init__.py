"""Programs that an administrator runs against an environment: install, adjust a form, examine.

Each reads first and works out, as values, what would change or what is wrong; only then does it
write or print. So a dry run and the run itself cannot disagree.
"""
