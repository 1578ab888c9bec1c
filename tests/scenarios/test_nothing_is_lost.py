"""Ours: what was worked is recorded, whatever happens to browser, network and services."""

import pytest
from playwright.sync_api import expect

from tests.scenarios.cases import COFFEE, INVOICE
from tests.scenarios.conftest import OpenDesk
from tests.scenarios.desk import Desk
from tests.scenarios.evidence import Stretch
from tests.scenarios.office import Office
from tests.scenarios.registry import BOTH, scenario

HOUR = 3600
BEAT_SECONDS = 5


@scenario(
    row="The browser crashes",
    source="ours",
    microsoft="Not mentioned.",
    ours="At most 5 seconds are lost; the next start delivers the rest.",
    apps=BOTH,
)
def test_a_crash_loses_at_most_a_beat(desk: Desk, day: Office, open_desk: OpenDesk) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=7, seconds=3)
    desk.crash()
    assert day.evidence.stretches() == []
    day.pass_time(60)
    later = open_desk()
    later.open_case(INVOICE)
    later.work(minutes=2)

    case, began, ended = day.evidence.stretches()[0]
    assert (case, began) == (COFFEE, 0)
    assert 423 - BEAT_SECONDS <= ended <= 423
    assert day.evidence.tracked()[COFFEE] == ended


@scenario(
    row="The network is gone for two hours",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing is lost; the widget says that it waits, and sends when the network is back.",
    apps=BOTH,
)
def test_two_hours_offline_lose_nothing(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=5)
    desk.go_offline()
    day.pass_time(2 * HOUR, step=60)
    expect(desk.widget.root.get_by_text("offline. ")).to_be_visible()
    assert sum(day.evidence.tracked().values()) <= 300
    desk.go_online()
    desk.work(minutes=1)
    desk.press_refresh()

    desk.widget.shows(total="2 hr 6 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 2 * HOUR + 360)]
    assert day.evidence.tracked() == {COFFEE: 2 * HOUR + 360}


@scenario(
    row="The window is closed while offline",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing is lost: the next start delivers what was kept on the device.",
    apps=BOTH,
)
def test_closing_while_offline_loses_nothing(desk: Desk, day: Office, open_desk: OpenDesk) -> None:
    desk.open_case(COFFEE)
    desk.go_offline()
    desk.work(minutes=13, seconds=3)
    desk.close()
    desk.go_online()
    assert day.evidence.stretches() == []
    day.pass_time(60)
    later = open_desk()
    later.open_case(INVOICE)
    later.work(minutes=1)

    assert day.evidence.stretches()[0] == Stretch(COFFEE, 0, 783)


@scenario(
    row="The app is left by a link in the same tab",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing is lost.",
    apps=BOTH,
)
def test_navigating_away_loses_nothing(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=12, seconds=34)
    desk.leave_the_app()

    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 754)]
    assert day.evidence.tracked() == {COFFEE: 754}


@scenario(
    row="The browser freezes a tab in the background",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing is lost and nothing is counted while it is frozen.",
    apps=BOTH,
)
def test_a_frozen_tab_counts_nothing(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=2)
    desk.hide()
    desk.freeze_and_thaw()
    day.sleep(30 * 60)
    desk.show()
    desk.work(minutes=1)
    desk.press_refresh()

    desk.widget.shows(total="3 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 120), Stretch(COFFEE, 1920, 1980)]


@scenario(
    row="The service answers 429 or 503 for a while",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing is lost; the widget says so and tries again later and later.",
    apps=BOTH,
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_turns_calls_away_loses_nothing(
    desk: Desk, day: Office, status: int
) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=9)
    day.stack.traffic.answer_next(status, times=6)
    desk.work(minutes=2)
    expect(desk.widget.root.get_by_text("answer at the moment")).to_be_visible()
    desk.work(minutes=9)

    desk.widget.shows(total="20 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 1200)]
    assert day.evidence.tracked() == {COFFEE: 1200}


@scenario(
    row="Dataverse is down when an interval ends",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing is lost: the segments wait in the service's queue.",
    apps=BOTH,
)
def test_dataverse_down_for_an_interval_loses_nothing(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=9)
    day.stack.mock.fail_next(503, times=8)
    desk.work(minutes=12)
    desk.press_refresh()

    desk.widget.shows(total="21 min")
    assert day.evidence.tracked() == {COFFEE: 1260}


@scenario(
    row="The answer to a delivery gets lost",
    source="ours",
    microsoft="Not mentioned.",
    ours="The same segments are sent again and counted once.",
    apps=BOTH,
)
def test_a_lost_answer_counts_once(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=9)
    day.stack.traffic.lose_next_answers(1)
    desk.work(minutes=11)

    desk.widget.shows(total="20 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 1200)]
    assert day.evidence.tracked() == {COFFEE: 1200}
