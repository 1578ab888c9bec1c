"""Why a command ends early. The text is all that whoever typed the command gets to see."""

from solution.tools.errors import SolutionError


class Stopped(SolutionError):  # noqa: N818 - it says what happened
    """The command could not go on; the text says why, and what to do about it."""


class BadOption(SolutionError):  # noqa: N818 - it says what is wrong
    """An option or a variable, named in the text, is missing or wrong. Nothing was changed."""
