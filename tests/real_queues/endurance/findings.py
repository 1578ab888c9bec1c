"""What is wrong with an outcome, compared with the truth."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from tests.real_queues.endurance.outcome import DAYS, EVIDENCE, Outcome, Row, unequal_totals
from tests.real_queues.endurance.truth import Day, pieces_of, seconds_of


def findings(outcome: Outcome) -> list[str]:
    """Return everything that is not as it should be, in words."""
    return [
        *outcome.diary.unexpected,
        *_slowness(outcome),
        *(f"poison in {queue}: {held}" for queue, held in outcome.poison.items() if held),
        *_evidence(outcome),
        *_days(outcome),
        *unequal_totals(outcome.rows),
    ]


def _slowness(outcome: Outcome) -> Iterator[str]:
    if outcome.diary.too_slow:
        yield f"{outcome.diary.too_slow} calls took so long that clocks cannot be told apart"


def _evidence(outcome: Outcome) -> Iterator[str]:
    """Each segment that was sent is there once, whole or cut at midnight; nothing else is."""
    pieces: defaultdict[str, list[Row]] = defaultdict(list)
    for row in outcome.rows[EVIDENCE]:
        pieces[row["cht_windowid"]].append(row)
    for sent in outcome.diary.sent:
        found = sorted(map(_span, pieces.pop(sent.window, [])))
        if not found:
            yield f"lost: {sent}"
        elif _joined(found) != (sent.start, sent.end):
            yield f"recorded as {found}: {sent}"
    yield from (f"never sent: {rows}" for rows in pieces.values())


def _days(outcome: Outcome) -> Iterator[str]:
    """Each day says what the truth says, once, and from how many pieces of evidence."""
    rows = outcome.rows[DAYS]
    seconds = Counter({_day(row): 0 for row in rows})
    pieces = Counter(seconds)
    for row in rows:
        seconds[_day(row)] += row["cht_trackedseconds"]
        pieces[_day(row)] += row["cht_segmentcount"]
    for what, found, expected in (
        ("seconds", seconds, seconds_of(outcome.diary.sent)),
        ("pieces", pieces, pieces_of(outcome.diary.sent)),
    ):
        for day in sorted(found.keys() | expected.keys(), key=str):
            if found[day] != expected[day]:
                yield f"{found[day]} {what} instead of {expected[day]}: {day}"


def _span(row: Row) -> tuple[int, int]:
    return _second(row["cht_startedon"]), _second(row["cht_endedon"])


def _second(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def _joined(spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the span that spans make up end to end, if they do."""
    ends = [end for _, end in spans]
    starts = [start for start, _ in spans]
    return (starts[0], ends[-1]) if starts[1:] == ends[:-1] else None


def _day(row: Row) -> Day:
    return Day(
        UUID(row["_cht_representativeid_value"]),
        UUID(row["_cht_caseid_value"]),
        date.fromisoformat(row["cht_day"]),
    )
