"""I3: what was delivered counts once, whatever fails and whoever else delivers meanwhile."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.timekeeping.identifiers import CaseId
from functions.timekeeping.segments import Receipt, ReportedSegment, Verdict
from functions.usecases.ledger import StorageUnavailable
from functions.usecases.record_segments import record_segments
from tests.builders import AMIRA, CASE, OTHER_CASE, TODAY, delivery, reported
from tests.unit.usecases.memory import Fault, MemoryLedger, Storage, Turns

TOMORROW = TODAY + timedelta(days=1)
MIDNIGHT = 43_200
RECEIVED = MIDNIGHT + 1800

Plan = list[list[ReportedSegment]]


@st.composite
def all_segments(draw: st.DrawFn) -> list[ReportedSegment]:
    """Draw overlapping segments of the hour around midnight; no two foci began together."""
    foci = draw(st.lists(st.integers(-20, 20), min_size=1, max_size=5, unique=True))
    result = []
    for number, minute in enumerate(foci, start=1):
        focus = MIDNIGHT + minute * 60
        start = focus + draw(st.integers(0, 200))
        end = start + draw(st.integers(1, 400))
        case = draw(st.sampled_from([CASE, OTHER_CASE]))
        result.append(reported(start, end, case, id=number, focus=focus))
    return result


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw deliveries that bring every segment at least once, in any order."""
    segments = draw(all_segments())
    some = st.lists(st.sampled_from(segments), unique_by=lambda each: each.id)
    return [*draw(st.lists(some, max_size=3)), draw(st.permutations(segments))]


FAULTS = st.lists(
    st.sampled_from([*Fault, Fault.NONE]),
    max_size=12,
)
LAGS = st.lists(st.integers(0, 3), max_size=12)


def deliver_until_answered(
    segments: list[ReportedSegment], ledgers: Callable[[], MemoryLedger]
) -> list[Receipt]:
    """Deliver again, each time in a new call, until nothing fails."""
    while True:
        try:
            told = delivery(*segments, received=RECEIVED)
            return list(record_segments(told, ledger=ledgers()).receipts)
        except StorageUnavailable:
            continue


def run(
    plan: Plan, faults: Iterable[Fault] = (), lags: Iterable[int] = ()
) -> tuple[Storage, list[list[Receipt]]]:
    """Deliver one after the other.

    Of each call the look and the first read after a write may be outdated; later reads bring the
    session token of that write.
    """
    storage = Storage()
    left, behind = iter(faults), iter(lags)

    def ledger() -> MemoryLedger:
        first_read = iter([next(behind, 0)])
        return MemoryLedger(storage, faults=left, lags=behind, later_lags=first_read)

    return storage, [deliver_until_answered(part, ledger) for part in plan]


def seconds_by_second(plan: Plan) -> Counter[tuple[date, CaseId]]:
    """Ask for every second around midnight whose it is."""
    segments = {each.id: each for part in plan for each in part}.values()
    seconds: Counter[tuple[date, CaseId]] = Counter()
    bounds = [
        (each.started_at.timestamp(), each.ended_at.timestamp(), each.focus_started_at, each.case)
        for each in segments
    ]
    midnight = int(delivery(received=MIDNIGHT).received_at.timestamp())
    for second in range(midnight - 1800, midnight + 1800):
        covering = [(focus, case) for start, end, focus, case in bounds if start <= second < end]
        if covering:
            seconds[TOMORROW if second >= midnight else TODAY, max(covering)[1]] += 1
    return seconds


@settings(max_examples=60)
@given(plans(), FAULTS, LAGS)
def test_faults_and_outdated_reads_change_no_day(
    plan: Plan, faults: list[Fault], lags: list[int]
) -> None:
    calm, _ = run(plan)

    storage, _ = run(plan, faults, lags)

    assert storage.recorded() == calm.recorded() == storage.amount()
    assert storage.segments == calm.segments


@settings(max_examples=40)
@given(plans(), FAULTS)
def test_days_have_every_second_once_and_for_the_focus_that_began_last(
    plan: Plan, faults: list[Fault]
) -> None:
    storage, _ = run(plan, faults)

    days = {(each.day, each.case): each.tracked_seconds for each in storage.recorded()}
    assert +Counter(days) == seconds_by_second(plan)


@settings(max_examples=60)
@given(plans(), FAULTS, LAGS)
def test_every_delivered_segment_has_one_receipt_and_is_evidence(
    plan: Plan, faults: list[Fault], lags: list[int]
) -> None:
    storage, receipts = run(plan, faults, lags)

    for part, of_part in zip(plan, receipts, strict=True):
        assert [each.segment for each in of_part] == [each.id for each in part]
        assert {each.verdict for each in of_part} <= {Verdict.ACCEPTED, Verdict.DUPLICATE}
        assert all(each.segment in storage.segments[AMIRA] for each in of_part)


@settings(max_examples=80)
@given(
    segments=all_segments(),
    for_first=st.sets(st.integers(0, 4)),
    for_second=st.sets(st.integers(0, 4)),
    order=st.lists(st.sampled_from(["first", "second"]), max_size=16),
    faults=FAULTS,
)
def test_two_callers_at_once_leave_days_that_say_what_all_segments_amount_to(
    segments: list[ReportedSegment],
    for_first: set[int],
    for_second: set[int],
    order: list[str],
    faults: list[Fault],
) -> None:
    storage = Storage()
    shares = {"first": for_first, "second": for_second}
    faults_of = {"first": iter(faults[::2]), "second": iter(faults[1::2])}

    def story(name: str) -> Callable[[Callable[[], None]], None]:
        share = [each for place, each in enumerate(segments) if place in shares[name]]

        def play(pause: Callable[[], None]) -> None:
            deliver_until_answered(
                share, lambda: MemoryLedger(storage, faults=faults_of[name], pause=pause)
            )

        return play

    Turns({name: story(name) for name in shares}).play(order)

    delivered = [e for place, e in enumerate(segments) if place in for_first | for_second]
    assert storage.recorded() == storage.amount()
    assert {each.id for each in delivered} <= set(storage.segments[AMIRA])
    assert +Counter({(d.day, d.case): d.tracked_seconds for d in storage.recorded()}) == (
        seconds_by_second([delivered])
    )


@given(all_segments(), all_segments())
def test_evidence_never_changes(
    first: list[ReportedSegment], second: list[ReportedSegment]
) -> None:
    storage, _ = run([first])
    before = dict(storage.segments[AMIRA])

    deliver_until_answered(second, lambda: MemoryLedger(storage))

    after = storage.segments[AMIRA]
    assert {key: after[key] for key in before} == before
    assert storage.recorded() == storage.amount()
