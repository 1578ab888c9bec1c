"""What the domain refuses.

The tree::

Refused
  CaseNotFound        no such case, or none the caller may see: the same to her
  EntryNotFound       no such time log on this case that she may see
  NotYourEntry        somebody else's time
  TimeLogsNotAllowed  the administrator switched logging by hand off
  EntryExists         the id is taken by another entry
  NotARepresentative  signed in, but no user of this environment
  InvalidEntry        a value that only the settings can judge; says which
"""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """The request is understood and not done."""


class CaseNotFound(Refused):
    """No case with this id that the caller may read."""


class EntryNotFound(Refused):
    """No time log with this id on the case that the caller may see."""


class NotYourEntry(Refused):
    """Only one's own time may be changed."""


class TimeLogsNotAllowed(Refused):
    """New time logs are switched off by the administrator."""


class EntryExists(Refused):
    """Another entry has this id already."""


class NotARepresentative(Refused):
    """The caller is not an enabled user of the Dataverse environment."""


class InvalidEntry(Refused):
    """A value is out of range; ``field`` is the name the caller knows it by."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field}: {detail}")
        self.field = field
        self.detail = detail
