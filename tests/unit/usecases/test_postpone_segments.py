from functions.timekeeping.segments import Receipt, Refusal, Verdict
from functions.usecases.postpone_segments import postpone_segments
from tests.builders import delivery, reported, segment_id

YEARS = 11 * 366 * 86_400


def test_what_some_setting_could_allow_is_queued() -> None:
    told = delivery(reported(-3720, 0), reported(-3000 * 86_400, -3000 * 86_400 + 60, id=2))

    postponed = postpone_segments(told)

    assert postponed.receipts == (
        Receipt(segment=segment_id(1), verdict=Verdict.QUEUED),
        Receipt(segment=segment_id(2), verdict=Verdict.QUEUED),
    )
    assert postponed.waiting == told


def test_what_no_setting_allows_is_refused_and_does_not_wait() -> None:
    told = delivery(
        reported(-60, -60),
        reported(60, 120, id=2),
        reported(-3721, 0, id=3),
        reported(-YEARS, 60 - YEARS, id=4),
        reported(-60, 0, id=5),
    )

    postponed = postpone_segments(told)

    assert [each.refusal for each in postponed.receipts] == [
        Refusal.EMPTY,
        Refusal.FUTURE,
        Refusal.TOO_LONG,
        Refusal.TOO_OLD,
        None,
    ]
    assert postponed.waiting.segments == (reported(-60, 0, id=5),)


def test_waiting_segments_are_as_they_were_sent() -> None:
    told = delivery(reported(3540.5, 3600.5), received=0.25, sent=3600.75)

    postponed = postpone_segments(told)

    assert postponed.waiting == told


def test_segments_are_judged_by_the_servers_clock() -> None:
    ahead = delivery(reported(3540, 3600), received=0, sent=3600)

    assert postpone_segments(ahead).receipts[0].verdict is Verdict.QUEUED


def test_nothing_delivered_leaves_nothing_waiting() -> None:
    postponed = postpone_segments(delivery())

    assert (postponed.receipts, postponed.waiting.segments) == ((), ())
