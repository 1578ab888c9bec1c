import pytest

from functions.timekeeping.cases import CaseState, StopReason
from functions.timekeeping.errors import CaseNotFound
from functions.timekeeping.segments import Verdict
from functions.timekeeping.settings import Settings, SettingsBook
from functions.timekeeping.totals import Contribution, Scope, TimeByKind
from functions.usecases.show_case_time import CaseAnswer, show_case_time
from tests.builders import (
    AMIRA,
    BORIS,
    CASE,
    NOON,
    OTHER_CASE,
    at,
    case,
    delivery,
    reported,
    segment,
)
from tests.unit.usecases.memory import MemoryLedger, Storage

BORISES = Contribution(representative=BORIS, tracked=1000)
AMIRAS = Contribution(representative=AMIRA, tracked=100, adjusted=-30)


def show(storage: Storage, *segments: tuple[int, int], app: str | None = None) -> CaseAnswer:
    told = [reported(start, end, id=number) for number, (start, end) in enumerate(segments, 1)]
    return show_case_time(delivery(*told, app=app), case=CASE, ledger=MemoryLedger(storage))


def automatic(answer: CaseAnswer) -> tuple[int, int]:
    """Return the automatic seconds that are shown, and the caller's own."""
    assert answer.time is not None
    return answer.time.shown.automatic, answer.time.mine.automatic


def test_the_first_segment_shows_at_once() -> None:
    assert automatic(show(Storage(), (-60, 0))) == (60, 60)


def test_what_was_just_recorded_is_added_to_what_is_known() -> None:
    storage = Storage(figures={AMIRA: AMIRAS, BORIS: BORISES})

    assert automatic(show(storage, (-60, 0))) == (1130, 130)


def test_a_repeated_call_shows_no_more() -> None:
    storage = Storage()
    show(storage, (-60, 0))
    storage.figures[AMIRA] = Contribution(representative=AMIRA, tracked=60)

    assert automatic(show(storage, (-60, 0))) == (60, 60)


def test_seconds_that_went_to_another_case_are_not_shown() -> None:
    storage = Storage()
    storage.create(segment(-40, 0, OTHER_CASE, id=9))

    assert automatic(show(storage, (-60, 0))) == (20, 20)


def test_seconds_that_a_case_loses_to_a_late_report_are_taken_from_its_time() -> None:
    storage = Storage()
    show(storage, (-60, 0))
    storage.figures[AMIRA] = Contribution(representative=AMIRA, tracked=60)
    late = delivery(reported(-40, 0, OTHER_CASE, id=9))

    answer = show_case_time(late, case=CASE, ledger=MemoryLedger(storage))

    assert automatic(answer) == (20, 20)


def test_a_day_that_the_look_did_not_see_is_not_counted_twice() -> None:
    storage = Storage()
    show(storage, (-60, 0))
    storage.figures[AMIRA] = Contribution(representative=AMIRA, tracked=60)
    ledger = MemoryLedger(storage, beside=1)

    answer = show_case_time(delivery(reported(-90, -60, id=9)), case=CASE, ledger=ledger)

    assert automatic(answer) == (60, 60)
    assert storage.recorded() == storage.amount()


def test_without_segments_it_is_one_look() -> None:
    ledger = MemoryLedger(Storage(figures={BORIS: BORISES}))

    answer = show_case_time(delivery(), case=CASE, ledger=ledger)

    assert automatic(answer) == (1000, 0)
    assert (ledger.looks, ledger.entries) == (1, [])


def test_with_my_time_hidden_only_the_callers_own_is_shown() -> None:
    mine_only = Settings(my_time_visible=False)
    storage = Storage(
        settings=SettingsBook(environment=mine_only), figures={AMIRA: AMIRAS, BORIS: BORISES}
    )

    answer = show(storage)

    assert answer.time is not None
    assert answer.time.scope is Scope.MINE
    assert answer.time.shown == answer.time.mine == TimeByKind(automatic=70)


def test_the_next_update_is_an_interval_of_the_app_away() -> None:
    book = SettingsBook(apps={"hub": Settings(update_interval_minutes=30)})

    answer = show(Storage(settings=book), app="hub")

    assert answer.settings.update_interval_minutes == 30
    assert answer.time is not None
    assert answer.time.updated_at == NOON
    assert answer.time.next_update_at == at(1800)
    assert not answer.time.stale


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (CaseState.ACTIVE, None),
        (CaseState.RESOLVED, StopReason.CASE_RESOLVED),
        (CaseState.CANCELLED, StopReason.CASE_CANCELLED),
    ],
)
def test_why_the_case_is_not_tracked_is_told(state: CaseState, reason: StopReason | None) -> None:
    storage = Storage(cases={CASE: case(state=state, ended=-10)})

    assert show(storage).stopped is reason


def test_every_delivered_segment_has_its_receipt() -> None:
    assert [each.verdict for each in show(Storage(), (-60, -30), (-30, 0)).receipts] == [
        Verdict.ACCEPTED,
        Verdict.ACCEPTED,
    ]


def test_of_a_case_she_may_not_read_nothing_is_shown() -> None:
    with pytest.raises(CaseNotFound):
        show(Storage(cases={}))
