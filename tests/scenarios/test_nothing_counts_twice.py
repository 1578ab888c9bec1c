"""Ours: what was not worked is not recorded; what was, once, and for the right person."""

import pytest
from playwright.sync_api import expect

from tests.scenarios.cases import COFFEE, INVOICE, NETWORK, ROUTER
from tests.scenarios.conftest import OpenDesk
from tests.scenarios.desk import Desk
from tests.scenarios.evidence import Stretch
from tests.scenarios.office import Office
from tests.scenarios.registry import BOTH, scenario

HOUR = 3600
BEAT_SECONDS = 5


@scenario(
    row="The lid is closed for an hour with the case in focus",
    source="ours",
    microsoft="Not mentioned.",
    ours="At most one beat of 5 seconds of the sleep is counted.",
    apps=BOTH,
)
def test_sleep_is_not_work(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=4)
    day.sleep(HOUR)
    desk.work(minutes=1)
    desk.press_refresh()

    desk.widget.runs()
    tracked = day.evidence.tracked()[COFFEE]
    assert 300 - BEAT_SECONDS <= tracked <= 300 + BEAT_SECONDS
    assert all(ended - began <= 240 + BEAT_SECONDS for _, began, ended in day.evidence.stretches())


@scenario(
    row="Two windows have a case in focus at once",
    source="ours",
    microsoft="Not mentioned.",
    ours="The sum never exceeds the wall clock: each second goes to the case that came last.",
    apps=BOTH,
)
def test_two_windows_never_exceed_the_wall_clock(desk: Desk, day: Office, app: str) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=5)
    second = desk.open_second_window(app=app)
    second.open_case(INVOICE)
    day.pass_time(20 * 60)
    second.close()
    desk.work(seconds=10)
    desk.close()

    tracked = day.evidence.tracked()
    assert sum(tracked.values()) <= 25 * 60 + 10
    assert tracked[INVOICE] == 20 * 60
    assert tracked[COFFEE] >= 5 * 60


@scenario(
    row="The same case is open in two windows at once",
    source="ours",
    microsoft="Not mentioned.",
    ours="Every second counts once.",
    apps=BOTH,
)
def test_the_same_case_in_two_windows_counts_once(desk: Desk, day: Office, app: str) -> None:
    desk.open_case(COFFEE)
    second = desk.open_second_window(app=app)
    second.open_case(COFFEE)
    day.pass_time(15 * 60)
    second.close()
    desk.close()

    assert day.evidence.tracked() == {COFFEE: 15 * 60}


@scenario(
    row="Somebody else uses the browser while segments wait on it",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing of the first is sent as the other's; it waits until she is back.",
    apps=BOTH,
)
def test_what_waits_is_sent_as_its_own_persons(
    desk: Desk, day: Office, open_desk: OpenDesk
) -> None:
    desk.open_case(COFFEE)
    desk.go_offline()
    desk.work(minutes=12, seconds=3)
    desk.close()
    desk.go_online()
    bens = open_desk(user="ben")
    bens.open_case(INVOICE)
    bens.work(minutes=3)
    bens.close()
    assert day.evidence.tracked("ben") == {INVOICE: 180}
    assert day.evidence.stretches("amira") == []

    back = open_desk()
    back.open_case(NETWORK)
    back.work(minutes=2)
    assert day.evidence.stretches("amira")[0] == Stretch(COFFEE, 0, 723)
    assert day.evidence.tracked("ben") == {INVOICE: 180}


@scenario(
    row="No keyboard or pointer for longer than the idle limit",
    source="ours",
    microsoft="Not mentioned.",
    ours="Where an idle limit is set, the time ends at the last input, and the widget says so.",
    apps=BOTH,
)
def test_idle_time_ends_at_the_last_input(day: Office, open_desk: OpenDesk) -> None:
    day.setting("IdleLimitMinutes", 5)
    desk = open_desk()
    desk.open_case(COFFEE)
    desk.work(minutes=3)
    desk.type_a_word()
    desk.work(minutes=9)
    desk.widget.stands_still("Not tracking: no activity for a while")
    desk.type_a_word()
    desk.work(minutes=1)
    desk.type_a_word()
    desk.widget.runs()
    desk.press_refresh()

    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 180), Stretch(COFFEE, 720, 780)]


@scenario(
    row="The keyboard is in a frame within the form",
    source="ours",
    microsoft="Not mentioned.",
    ours="It is work on the case.",
    apps=BOTH,
)
def test_a_frame_within_the_form_is_the_form(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=1)
    desk.search_knowledge("grinder")
    desk.work(minutes=2)

    desk.widget.runs()
    desk.press_refresh()
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 180)]


@scenario(
    row="The case is resolved while it runs, and reactivated later",
    source="ours",
    microsoft="Not mentioned.",
    ours="Stops at the resolution, and starts again at the reactivation.",
    apps=BOTH,
)
def test_resolving_stops_and_reactivating_starts(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=4)
    desk.resolve()
    desk.work(minutes=7)
    desk.widget.stands_still("Not tracking: the case is resolved")
    desk.widget.shows(total="4 min")
    desk.reactivate()
    desk.work(minutes=2)
    desk.widget.runs()
    desk.press_refresh()

    desk.widget.shows(total="6 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 240), Stretch(COFFEE, 660, 780)]


@scenario(
    row="The case is cancelled while it runs",
    source="ours",
    microsoft="Not mentioned.",
    ours="Stops at the cancellation, and the widget says why.",
    apps=BOTH,
)
def test_cancelling_stops_the_case(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=4)
    desk.cancel_case()
    desk.work(minutes=7)

    desk.widget.stands_still("Not tracking: the case is canceled")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 240)]


@scenario(
    row="The form is scrolled until the widget is out of sight",
    source="ours",
    microsoft="Not mentioned.",
    ours="It goes on, and app tabs are told apart all the same.",
)
def test_a_scrolled_form_is_told_from_a_hidden_one(desk: Desk, day: Office) -> None:
    desk.open_case(NETWORK)
    desk.scroll_the_widget_out_of_sight()
    expect(desk.widget.root).not_to_be_in_viewport()
    desk.work(minutes=2)
    desk.open_child_case()
    desk.scroll_the_widget_out_of_sight()
    desk.work(minutes=1)
    desk.switch_to_tab(NETWORK)
    desk.work(minutes=3)
    desk.go_home()
    desk.work(minutes=1)

    assert day.evidence.stretches() == [
        Stretch(NETWORK, 0, 120),
        Stretch(ROUTER, 120, 180),
        Stretch(NETWORK, 180, 360),
    ]


@scenario(
    row="The focused session is the home page",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing is counted.",
)
def test_the_home_session_stops_the_case(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=2)
    desk.go_home()
    desk.work(minutes=6)
    desk.switch_to_session(COFFEE)
    desk.work(minutes=1)
    desk.press_refresh()

    desk.widget.shows(total="3 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 120), Stretch(COFFEE, 480, 540)]


@scenario(
    row="The app tells of its sessions in one way only, whichever it is",
    source="ours",
    microsoft="Not mentioned.",
    ours="Sessions are told apart all the same; the widget says which way it found.",
)
@pytest.mark.parametrize(
    ("offered", "found"),
    [
        ("runtime", "Microsoft.AppRuntime.Sessions"),
        ("xrm", "Xrm.App.sessions"),
        ("apm", "Microsoft.Apm"),
    ],
)
def test_one_way_to_tell_of_sessions_is_enough(
    day: Office, open_desk: OpenDesk, offered: str, found: str
) -> None:
    desk = open_desk(sessions=offered)
    desk.open_case(COFFEE)
    desk.work(minutes=1)
    desk.open_case(INVOICE)
    desk.work(minutes=2)
    desk.switch_to_session(COFFEE)
    desk.work(minutes=3)
    desk.go_home()
    desk.work(minutes=2)

    assert day.evidence.stretches() == [
        Stretch(COFFEE, 0, 60),
        Stretch(INVOICE, 60, 180),
        Stretch(COFFEE, 180, 360),
    ]
    desk.switch_to_session(COFFEE)
    desk.open_history()
    expect(desk.widget.root.get_by_text("For support: ")).to_contain_text(found)


@scenario(
    row="The environment's content policy forbids calls to the service",
    source="ours",
    microsoft="Not mentioned.",
    ours="Time goes to Dataverse directly, and the widget says what cannot be shown.",
    apps=BOTH,
)
def test_a_strict_policy_leaves_the_way_to_dataverse(day: Office, open_desk: OpenDesk) -> None:
    desk = open_desk(policy="strict")
    desk.open_case(COFFEE)
    desk.work(minutes=11)
    message = desk.widget.root.get_by_text("be reached from this environment")
    expect(message).to_be_visible()
    desk.widget.runs()
    desk.close()

    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 660)]
    assert day.stack.traffic.calls_to("api") == []


@scenario(
    row="A case waits in a background tab",
    source="ours",
    microsoft="Not mentioned.",
    ours="At most one request per update interval.",
    apps=BOTH,
)
def test_a_background_tab_asks_at_most_once_an_interval(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=2)
    desk.hide()
    day.pass_time(60)
    before = len(day.stack.traffic.calls_to("api"))
    day.pass_time(60 * 60, step=20)

    asked = len(day.stack.traffic.calls_to("api")) - before
    assert asked <= 6
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 120)]
