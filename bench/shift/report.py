"""What the day came to, as lines of the table."""

from bench.accuracy.day import Day
from bench.shift.crowd import (
    LATENCY_MEDIAN_SECONDS,
    Outcome,
    played,
)
from bench.shift.days import SHIFT_SECONDS, ordinary_day
from bench.shift.recording import QUARTER_SECONDS, MakeDay, Recording, recorded
from bench.table import Line
from functions.wiring import CALL_SECONDS
from tests.mock_dataverse.limits import Limits

REPRESENTATIVES = 1_000
SAMPLE = 10
SEED = 20261128
OFFICE_SECONDS = SHIFT_SECONDS + 2700
"""The last begin a quarter of an hour late, and stay until their case is done."""

CHECKED_PEOPLE, CHECKED_SECONDS = 100, 1_800
LIMITS = Limits()


def an_ordinary_day(number: int) -> Day:
    return ordinary_day(number, seed=SEED)


def measure(
    day: MakeDay = an_ordinary_day, *, people: int = REPRESENTATIVES, sample: int = SAMPLE
) -> list[Line]:
    """Record a few people's day, play it for all, and check the multiplication."""
    recording = recorded(day, people=sample, until=OFFICE_SECONDS)
    outcome = played(recording, day, people=people, until=OFFICE_SECONDS, seed=SEED)
    return [*_lines(outcome, people), _multiplication(day, recording)]


def _lines(outcome: Outcome, people: int) -> list[Line]:
    hours = people * SHIFT_SECONDS / 3600
    most, milliseconds = outcome.peaks(LIMITS.window_seconds)
    asked = sum(outcome.requests.values())
    every = f"{people:,} representatives, 8 h, played"
    return [
        Line(f"{every}: requests of each an hour", f"{asked / hours:.1f}"),
        *(
            Line(f"{every}: of them {cause}", f"{number / hours:.1f}")
            for cause, number in outcome.requests.most_common()
        ),
        Line(
            f"{every}: answers that were 429",
            f"{outcome.throttled / (asked + outcome.throttled):.2%}",
            f"{outcome.late} calls later than {CALL_SECONDS:.0f} s",
            aim="0",
        ),
        Line(
            f"{every}: p95 of the widget's calls, {LATENCY_MEDIAN_SECONDS * 1000:.0f} ms a request",
            f"{outcome.percentile(0.95) * 1000:.0f} ms",
            f"{outcome.percentile(0.5) * 1000:.0f} ms (the median)",
        ),
        Line(
            f"{every}: most requests in five minutes",
            f"{most:,}",
            f"{LIMITS.requests:,} (the limit; {1 - most / LIMITS.requests:.0%} left)",
            most / LIMITS.requests,
            "≤ 0.8",
        ),
        Line(
            f"{every}: most execution time in five minutes",
            f"{milliseconds / 60_000:.1f} min",
            f"{LIMITS.execution_ms / 60_000:.0f} min (the limit)",
            milliseconds / LIMITS.execution_ms,
            "≤ 0.8",
        ),
        Line(
            f"{every}: what timers find and webhooks tell is done after",
            f"{outcome.behind_seconds / 60:.0f} min at most",
            f"{QUARTER_SECONDS // 60} min (until timers look again)",
            outcome.behind_seconds / QUARTER_SECONDS,
            "≤ 1",
        ),
    ]


def _multiplication(day: MakeDay, recording: Recording) -> Line:
    """Compare what was played with what a greater number of people really takes."""
    people, until = CHECKED_PEOPLE, CHECKED_SECONDS
    real = recorded(day, people=people, until=until)
    of_all = played(recording, day, people=people, until=until, seed=SEED)
    multiplied = sum(of_all.requests.values())
    return Line(
        f"{CHECKED_PEOPLE} representatives, {CHECKED_SECONDS // 60} min: requests of each, played",
        f"{multiplied / CHECKED_PEOPLE:.1f}",
        f"{real.requests / CHECKED_PEOPLE:.1f} (all calls really made)",
        multiplied / real.requests,
        "0.95 to 1.05",
    )
