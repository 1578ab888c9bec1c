"""What becomes of a delivered segment when nothing goes wrong."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from functions.timekeeping.cases import CaseState
from functions.timekeeping.errors import CaseNotFound, NotARepresentative
from functions.timekeeping.identifiers import id_on_day
from functions.timekeeping.segments import Receipt, Refusal, ReportedSegment, Surface, Verdict
from functions.timekeeping.settings import Settings, SettingsBook
from functions.usecases.record_segments import record_segments
from tests.builders import (
    AMIRA,
    BORIS,
    CASE,
    OTHER_CASE,
    TODAY,
    case,
    daily,
    delivery,
    reported,
    segment,
    segment_id,
    span,
)
from tests.unit.usecases.memory import MemoryLedger, Storage

HALF_PAST_MIDNIGHT = 45_000
MIDNIGHT = 43_200
TOMORROW = TODAY + timedelta(days=1)


def receipts(storage: Storage, *segments: ReportedSegment, received: float = 0) -> list[Receipt]:
    ledger = MemoryLedger(storage)
    return list(record_segments(delivery(*segments, received=received), ledger=ledger).receipts)


def fate(storage: Storage, one: ReportedSegment, *, received: float = 0) -> Verdict | Refusal:
    (receipt,) = receipts(storage, one, received=received)
    return receipt.refusal or receipt.verdict


def test_a_segment_becomes_evidence_and_its_day_says_so() -> None:
    storage = Storage()

    assert receipts(storage, reported(-60, 0)) == [
        Receipt(segment=segment_id(1), verdict=Verdict.ACCEPTED)
    ]
    assert list(storage.segments[AMIRA].values()) == [segment(-60, 0)]
    assert storage.recorded() == [daily(60)]


def test_evidence_keeps_where_and_why_and_when_the_focus_began() -> None:
    storage = Storage()
    told = replace(
        reported(-60.7, -0.2, focus=-500.9),
        end_reason="hidden",
        surface=Surface.INBOX,
        window_id="w-7",
    )

    receipts(storage, told)

    assert storage.segments[AMIRA][segment_id(1)] == replace(
        segment(-61, -1, focus=-501), end_reason="hidden", surface=Surface.INBOX, window_id="w-7"
    )


def test_a_focus_never_begins_after_its_span() -> None:
    storage = Storage()

    receipts(storage, reported(-60, 0, focus=-30))

    assert storage.segments[AMIRA][segment_id(1)].focus_started_at == span(-60, 0).start


def test_evidence_expires_with_the_retention() -> None:
    storage = Storage(settings=SettingsBook(environment=Settings(retention_days=17)))

    receipts(storage, reported(-60, 0))

    assert storage.retention_days == [17]


def test_a_first_delivery_costs_one_look_and_one_entry() -> None:
    storage = Storage()
    ledger = MemoryLedger(storage)

    record_segments(delivery(reported(-60, 0)), ledger=ledger)

    assert (ledger.looks, len(ledger.entries)) == (1, 1)


def test_nothing_delivered_is_only_a_look() -> None:
    ledger = MemoryLedger(Storage())

    recorded = record_segments(delivery(), ledger=ledger)

    assert recorded.receipts == ()
    assert (ledger.looks, ledger.entries) == (1, [])


def test_every_segment_has_one_receipt_in_the_order_of_the_delivery() -> None:
    told = [reported(-60, 0, id=3), reported(-60, -60, id=1), reported(60, 70, id=2)]

    assert [(each.segment, each.refusal) for each in receipts(Storage(), *told)] == [
        (segment_id(3), None),
        (segment_id(1), Refusal.EMPTY),
        (segment_id(2), Refusal.FUTURE),
    ]


def test_a_repeated_delivery_changes_nothing() -> None:
    storage = Storage()
    receipts(storage, reported(-60, 0))
    days = dict(storage.days)

    assert fate(storage, reported(-60, 0)) is Verdict.DUPLICATE
    assert storage.days == days


def test_a_known_id_is_a_duplicate_whatever_the_second_one_says() -> None:
    storage = Storage()
    receipts(storage, reported(-60, 0))

    assert fate(storage, reported(-30, 0, OTHER_CASE)) is Verdict.DUPLICATE
    assert storage.segments[AMIRA] == {segment_id(1): segment(-60, 0)}
    assert storage.recorded() == [daily(60)]


def test_a_known_id_of_another_day_is_a_duplicate_too() -> None:
    storage = Storage()
    receipts(storage, reported(-60, 0))

    assert fate(storage, reported(MIDNIGHT, MIDNIGHT + 60), received=HALF_PAST_MIDNIGHT) is (
        Verdict.DUPLICATE
    )
    assert storage.segments[AMIRA] == {segment_id(1): segment(-60, 0)}
    assert storage.recorded() == storage.amount() == [daily(60)]


def test_an_id_that_somebody_else_used_is_free() -> None:
    storage = Storage()
    storage.create(segment(-60, 0, representative=BORIS))

    assert fate(storage, reported(-30, 0)) is Verdict.ACCEPTED
    assert storage.recorded(AMIRA) == [daily(30)]


def test_what_reaches_into_the_future_is_clamped_and_the_bounds_told() -> None:
    storage = Storage()

    assert receipts(storage, reported(-60, 30)) == [
        Receipt(segment=segment_id(1), verdict=Verdict.CLAMPED, kept=span(-60, 0))
    ]
    assert storage.recorded() == [daily(60)]


def test_a_clock_that_is_ahead_is_put_right_before_anything_is_judged() -> None:
    storage = Storage()
    ahead = delivery(reported(3540, 3600), received=0, sent=3600)

    recorded = record_segments(ahead, ledger=MemoryLedger(storage))

    assert [each.verdict for each in recorded.receipts] == [Verdict.ACCEPTED]
    assert storage.segments[AMIRA][segment_id(1)].span == span(-60, 0)


def test_a_segment_across_midnight_is_two_pieces_and_one_receipt() -> None:
    storage = Storage()
    told = reported(MIDNIGHT - 60, MIDNIGHT + 30, focus=MIDNIGHT - 500)

    assert receipts(storage, told, received=HALF_PAST_MIDNIGHT) == [
        Receipt(segment=segment_id(1), verdict=Verdict.ACCEPTED)
    ]
    later = id_on_day(segment_id(1), TOMORROW)
    assert {each.id: (each.day, each.span) for each in storage.segments[AMIRA].values()} == {
        segment_id(1): (TODAY, span(MIDNIGHT - 60, MIDNIGHT)),
        later: (TOMORROW, span(MIDNIGHT, MIDNIGHT + 30)),
    }
    assert storage.recorded() == [daily(60), daily(30, day=TOMORROW)]


def test_midnight_is_that_of_the_reporting_zone() -> None:
    tokyo = Settings(reporting_zone=ZoneInfo("Asia/Tokyo"))
    storage = Storage(settings=SettingsBook(environment=tokyo))

    # 15:00 in London is midnight in Tokyo.
    receipts(storage, reported(10_800 - 60, 10_800 + 60), received=14_400)

    assert storage.recorded() == [daily(60), daily(60, day=TOMORROW)]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (reported(-60, -60), Refusal.EMPTY),
        (reported(10, 60), Refusal.FUTURE),
        (reported(-1000, 0), Refusal.TOO_LONG),
        (reported(-91 * 86_400, -91 * 86_400 + 60), Refusal.TOO_OLD),
    ],
)
def test_what_the_clock_and_the_limits_refuse_is_not_counted(
    told: ReportedSegment, refusal: Refusal
) -> None:
    storage = Storage()

    assert fate(storage, told) is refusal
    assert not storage.segments[AMIRA]
    assert storage.recorded() == []


def test_a_case_that_she_may_not_see_takes_no_time_and_blocks_no_other() -> None:
    storage = Storage()
    del storage.cases[OTHER_CASE]

    result = receipts(storage, reported(-60, -30, OTHER_CASE), reported(-30, 0, id=2))

    assert [each.refusal for each in result] == [Refusal.CASE_NOT_FOUND, None]
    assert storage.recorded() == [daily(30)]


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.CANCELLED])
def test_what_started_before_a_case_ended_still_counts_when_it_arrives_late(
    state: CaseState,
) -> None:
    storage = Storage()
    storage.cases[CASE] = case(state=state, ended=-100)

    result = receipts(storage, reported(-160, -40), reported(-100, -40, id=2))

    assert [each.refusal for each in result] == [None, Refusal.CASE_NOT_ACTIVE]
    assert storage.recorded() == [daily(120)]


def test_the_case_may_end_within_the_second_in_which_a_segment_starts() -> None:
    storage = Storage()
    storage.cases[CASE] = case(state=CaseState.RESOLVED, ended=-100)

    assert fate(storage, reported(-100.1, -40)) is Verdict.ACCEPTED


def test_with_tracking_switched_off_nothing_is_recorded() -> None:
    storage = Storage(settings=SettingsBook(environment=Settings(handling_time_enabled=False)))

    assert fate(storage, reported(-60, 0)) is Refusal.TRACKING_DISABLED
    assert not storage.segments[AMIRA]


@pytest.mark.parametrize(
    ("app", "fate"),
    [
        pytest.param("hub", Verdict.ACCEPTED, id="on in the app"),
        pytest.param("other", Refusal.TRACKING_DISABLED, id="off in the environment"),
        pytest.param(None, Verdict.ACCEPTED, id="on in some app, where the app is not known"),
    ],
)
def test_the_switch_is_that_of_the_app_the_call_comes_from(
    app: str | None, fate: Verdict | Refusal
) -> None:
    off = Settings(handling_time_enabled=False)
    storage = Storage(settings=SettingsBook(environment=off, apps={"hub": Settings()}))
    told = delivery(reported(-60, 0), app=app)

    recorded = record_segments(told, ledger=MemoryLedger(storage))

    assert [each.refusal or each.verdict for each in recorded.receipts] == [fate]


def test_what_was_recorded_before_tracking_was_switched_off_is_a_duplicate() -> None:
    storage = Storage()
    receipts(storage, reported(-60, 0))
    storage.settings = SettingsBook(environment=Settings(handling_time_enabled=False))

    assert fate(storage, reported(-60, 0)) is Verdict.DUPLICATE


def test_who_may_have_no_evidence_is_told_so() -> None:
    ledger = MemoryLedger(Storage(), may_track=False)

    recorded = record_segments(delivery(reported(-60, 0)), ledger=ledger)

    assert [each.refusal for each in recorded.receipts] == [Refusal.NOT_ALLOWED]
    assert ledger.entries == []


def test_a_case_whose_figures_are_wanted_must_be_one_she_may_read() -> None:
    storage = Storage()
    del storage.cases[OTHER_CASE]
    wanted = delivery(reported(-60, 0))

    with pytest.raises(CaseNotFound):
        record_segments(wanted, ledger=MemoryLedger(storage), figures_of=OTHER_CASE)
    assert not storage.segments[AMIRA]


def test_who_is_no_user_records_nothing() -> None:
    storage = Storage()

    with pytest.raises(NotARepresentative):
        record_segments(delivery(), ledger=MemoryLedger(storage, is_known=False))
