"""The day of a thousand representatives: what pages call, what it takes, and how it is played."""

from datetime import date
from uuid import UUID

from bench.accuracy.day import Closed, Crashed, Day, Device, Event, Opened, Showed, Window
from bench.shift.crowd import played
from bench.shift.days import ordinary_day
from bench.shift.recording import Job, Recording, recorded
from bench.shift.visits import Kind, visits
from functions.timekeeping.identifiers import CaseId
from tests.mock_dataverse.limits import Limits

PRINTER, NETWORK = CaseId(UUID(int=1)), CaseId(UUID(int=2))
MAIN = Window(1, Device.DESK)
SEED = 5
"""With it nobody looks closer at these cases."""


def day(*events: Event) -> Day:
    return Day(
        date=date(2026, 3, 10),
        events=events,
        outages=(),
        clock_sets=(),
        clock_errors_ms={},
        network_delay_ms=0,
    )


def called(*events: Event) -> list[tuple[int, Kind, list[int]]]:
    """Return when what is called, with the lengths of the pieces that come along."""
    return [
        (each.at, each.kind, [piece.end - piece.start for piece in each.pieces])
        for each in visits(day(*events), seed=SEED)
        if each.kind is not Kind.FACES
    ]


def test_a_switch_is_one_call_with_the_piece_before_it() -> None:
    assert called(Opened(0, MAIN, PRINTER), Showed(90, MAIN, NETWORK), Closed(100, MAIN)) == [
        (0, Kind.GAINED, []),
        (90, Kind.GAINED, [90]),
        (100, Kind.LOST, [10]),
    ]


def test_what_is_shown_is_refreshed_ten_minutes_after_the_last_call() -> None:
    assert called(Opened(0, MAIN, PRINTER), Closed(1300, MAIN)) == [
        (0, Kind.GAINED, []),
        (600, Kind.REFRESH, [600]),
        (1200, Kind.REFRESH, [600]),
        (1300, Kind.LOST, [100]),
    ]


def test_the_next_page_tells_what_a_killed_browser_left() -> None:
    events = (
        Opened(0, MAIN, PRINTER),
        Crashed(60, Device.DESK),
        Opened(80, MAIN, PRINTER),
        Closed(90, MAIN),
    )

    assert called(*events) == [
        (0, Kind.GAINED, []),
        (80, Kind.GAINED, [60]),
        (90, Kind.LOST, [10]),
    ]


def test_faces_are_asked_once_a_page_knows_of_time() -> None:
    made = visits(day(Opened(0, MAIN, PRINTER), Closed(1900, MAIN)), seed=SEED)

    assert [each.at for each in made if each.kind is Kind.FACES] == [601]


def test_played_days_take_what_was_recorded() -> None:
    recording = recorded(_day, people=2, until=1200)

    outcome = played(recording, _day, people=2, until=1200, seed=1)

    assert abs(sum(outcome.requests.values()) - recording.requests) <= 2
    assert (outcome.throttled, outcome.late) == (0, 0)


def test_who_is_turned_away_comes_back() -> None:
    recording = Recording(people=1, calls={}, jobs=[])
    limits = Limits(requests=12)

    free = played(recording, _day, people=4, until=1200, seed=1)
    crowded = played(recording, _day, people=4, until=1200, seed=1, limits=limits)

    assert crowded.throttled > 0
    assert crowded.late > 0
    assert crowded.requests.keys() == free.requests.keys()
    assert len(crowded.call_seconds) == len(free.call_seconds)


def test_the_background_takes_as_much_more_as_there_are_people() -> None:
    recording = Recording(people=10, calls={}, jobs=[Job(900, finding=6, working_off=7, pieces=50)])

    outcome = played(recording, lambda _: day(), people=1000, until=900, seed=1)

    assert outcome.requests == {"timer": 6 + 4950 // 500, "queue": 700}
    assert 0 < outcome.behind_seconds < 120


def _day(number: int) -> Day:
    return ordinary_day(number, seed=1)
