"""What stops a command: its text is all that whoever typed the command needs."""


class SolutionError(Exception):
    """The solution, a zip of it or what it is built from is not what it should be."""
