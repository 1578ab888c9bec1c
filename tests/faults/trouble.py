"""What can go wrong around the functions, and when: beside Dataverse there are host and callers."""

from dataclasses import dataclass
from enum import StrEnum


class ProcessDied(BaseException):
    """The process is gone in the middle of whatever it did; no code of ours may catch that."""


class PutFailed(Exception):  # noqa: N818 - it says what happened
    """The host could not put a message on its queue: the function has failed after its effects."""


class NeverEnds(AssertionError):  # noqa: N818 - it says what is wrong
    """Something is done again and again, although nothing goes wrong any more."""


class Around(StrEnum):
    """What can happen at the border between the functions and their host."""

    NOT_PUT = "the message cannot be put, and the function fails"
    DIES_AFTER_PUT = "the process dies once the message is put"
    COMES_AGAIN = "the message comes again, although it was worked off"
    ANSWER_LOST = "the answer is lost"


@dataclass(frozen=True, slots=True)
class Moment:
    """The how-manieth time, from 0, that something is put, worked off or answered, and where."""

    what: str
    where: str
    number: int

    def __str__(self) -> str:
        return f"{self.where}, {self.what} {self.number + 1}"


PUT, DONE, ANSWERED = "message put", "message worked off", "call answered"
