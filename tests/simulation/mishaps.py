"""What goes wrong around an office: Dataverse, the processes, what is sent."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Ill(Enum):
    """What becomes of a request to Dataverse; ``AFTER`` that its work is done nevertheless."""

    THROTTLED = "429, to be repeated soon"
    THROTTLED_FOR_LONG = "429, to be repeated in five minutes"
    UNAVAILABLE = "503"
    UNAVAILABLE_AFTER = "503, and the work is done"
    HTML = "a page for people"
    HTML_AFTER = "a page for people, and the work is done"
    RESET = "the connection breaks"
    RESET_AFTER = "the connection breaks, and the work is done"
    TIMEOUT = "no answer for a minute"
    TIMEOUT_AFTER = "no answer for a minute, and the work is done"
    PART = "a part of a batch fails"
    PART_AFTER = "a part of a batch fails, and its work is done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """So many requests to Dataverse go wrong, after so many others."""

    ill: Ill
    at: int
    skip: int = 0
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Down:
    """Dataverse answers 503 to everything."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleCopies:
    """Elastic tables answer from copies that are so many seconds old."""

    seconds: int
    start: int
    end: int


class When(Enum):
    """Between which two effects a process dies."""

    BEFORE_REQUEST = "before a request reaches Dataverse"
    AFTER_REQUEST = "before the answer reaches the process"
    BEFORE_MESSAGE = "before a message is in its queue"
    AFTER_MESSAGE = "after a message is in its queue"
    BEFORE_ANSWER = "when all is done, before anybody knows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Died:
    """An instance of the functions is killed at such a place, after it passed so many."""

    when: When
    at: int
    skip: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """Between two requests of a call, another instance does what would have come next.

    That is a delivery of a piece, a message or a webhook; and then everybody chooses Refresh.
    """

    at: int
    skip: int = 0


class Fate(Enum):
    """What becomes of what is sent."""

    LOST = "it never arrives"
    TWICE = "it arrives twice"
    LATE = "it arrives minutes later, and not in its order"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksWent:
    """What becomes of the webhooks that Dataverse sends within this time."""

    fate: Fate
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuesWent:
    """What becomes of the messages put on a queue within this time; queues lose none."""

    fate: Fate
    start: int
    end: int


OfWeather: TypeAlias = Trouble | Down | StaleCopies | Died | Overtaken
Mishap: TypeAlias = OfWeather | WebhooksWent | QueuesWent
