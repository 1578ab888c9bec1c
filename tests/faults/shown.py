"""What was read, to be compared with what is read in another run."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody read, but for the moments in it."""

    path: str
    status: int
    body: object


def without_moments(value: object) -> object:
    """Return what an answer says but for moments, which a repetition changes."""
    match value:
        case dict():
            return {name: without_moments(each) for name, each in value.items()}
        case list():
            return [without_moments(each) for each in value]
        case str() if re.match(r"\d{4}-\d\d-\d\dT", value):
            return None
        case _:
            return value
