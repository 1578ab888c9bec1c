"""The table of the product's own description, row by row."""

from collections.abc import Callable

from tests.scenarios.cases import COFFEE, INVOICE, NETWORK, ROUTER
from tests.scenarios.conftest import OpenDesk
from tests.scenarios.desk import Desk
from tests.scenarios.evidence import Stretch
from tests.scenarios.office import Office
from tests.scenarios.registry import BOTH, scenario

STOPS = "The timer stops."
GOES_ON = "The timer continues to run for the case."


def stops_while_away(
    desk: Desk, day: Office, *, leave: Callable[[], None], come_back: Callable[[], None]
) -> None:
    """Work two minutes, be away for nine, work one more: nothing counts in between."""
    desk.open_case(COFFEE)
    desk.work(minutes=2)
    leave()
    desk.work(minutes=9)
    come_back()
    desk.work(minutes=1)

    desk.widget.runs()
    desk.press_refresh()
    desk.widget.shows(total="3 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 120), Stretch(COFFEE, 660, 720)]


@scenario(
    row="A related record, such as a knowledge article, opens as an app tab",
    source="spec table row 1",
    microsoft=GOES_ON,
    ours="One unbroken span on the case, the article included.",
)
def test_an_article_in_the_session_is_work_on_its_case(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=2)
    desk.open_article()
    desk.work(minutes=3)
    desk.switch_to_tab(COFFEE)

    desk.widget.runs()
    desk.press_refresh()
    desk.widget.shows(total="5 min", automatic="5 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 300)]


@scenario(
    row="A case that is open as a session is closed",
    source="spec table row 2",
    microsoft=STOPS,
    ours="Stops, and everything up to that second is recorded at once.",
)
def test_closing_the_session_stops_the_case(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=5, seconds=7)
    desk.close_session(COFFEE)
    desk.work(minutes=4)

    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 307)]
    desk.open_case(COFFEE)
    desk.widget.shows(total="5 min 7 sec")


@scenario(
    row="A case that is open as an app tab is closed",
    source="spec table row 2",
    microsoft=STOPS,
    ours="Stops; the case behind it in the session goes on from that second.",
)
def test_closing_the_app_tab_stops_its_case(desk: Desk, day: Office) -> None:
    desk.open_case(NETWORK)
    desk.open_child_case()
    desk.work(minutes=4)
    desk.close_tab(ROUTER)
    desk.work(minutes=1)

    desk.widget.runs()
    desk.press_refresh()
    desk.widget.shows(total="1 min")
    assert day.evidence.stretches() == [Stretch(ROUTER, 0, 240), Stretch(NETWORK, 240, 300)]


@scenario(
    row="A child case opens as an app tab in the same session",
    source="spec table row 3",
    microsoft="The current case stops and the child case starts.",
    ours="The same, without a second between them or counted twice.",
)
def test_a_child_case_takes_over_and_gives_back(desk: Desk, day: Office) -> None:
    desk.open_case(NETWORK)
    desk.work(minutes=3)
    desk.open_child_case()
    desk.widget.runs()
    desk.work(minutes=4)
    desk.switch_to_tab(NETWORK)
    desk.work(minutes=2)

    desk.press_refresh()
    desk.widget.shows(total="5 min")
    assert day.evidence.stretches() == [
        Stretch(NETWORK, 0, 180),
        Stretch(ROUTER, 180, 420),
        Stretch(NETWORK, 420, 540),
    ]
    assert day.evidence.tracked() == {NETWORK: 300, ROUTER: 240}


@scenario(
    row="A similar case opens as an app tab in the same session",
    source="spec table row 3",
    microsoft="The current case stops and the related case starts.",
    ours="The same, without a second between them or counted twice.",
)
def test_a_similar_case_takes_over(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=3)
    desk.open_similar_case()
    desk.work(minutes=1)
    desk.switch_to_tab(COFFEE)
    desk.work(seconds=5)

    first, second = day.evidence.stretches()
    assert first == Stretch(COFFEE, 0, 180)
    assert second[1:] == (180, 240)
    assert second.case != COFFEE


@scenario(
    row="A resolved case is selected",
    source="spec table row 4",
    microsoft="The timer doesn't start and shows the time recorded.",
    ours="The same, and the widget says why.",
    apps=BOTH,
)
def test_a_resolved_case_shows_its_time_and_stands_still(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=6)
    desk.resolve()
    desk.go_home()
    desk.open_case(COFFEE)
    desk.work(minutes=10)

    desk.widget.stands_still("Not tracking: the case is resolved")
    desk.widget.shows(total="6 min", automatic="6 min")
    assert day.evidence.tracked() == {COFFEE: 360}


@scenario(
    row="Another browser tab is put in front",
    source="spec table row 5",
    microsoft=STOPS,
    ours="Stops and goes on when the tab is back in front.",
    apps=BOTH,
)
def test_another_browser_tab_stops_the_case(desk: Desk, day: Office) -> None:
    stops_while_away(desk, day, leave=desk.hide, come_back=desk.show)


@scenario(
    row="The browser is minimised",
    source="spec table row 5",
    microsoft=STOPS,
    ours="Stops and goes on when the window is back.",
    apps=BOTH,
)
def test_minimising_the_browser_stops_the_case(desk: Desk, day: Office) -> None:
    stops_while_away(desk, day, leave=desk.minimise, come_back=desk.restore)


@scenario(
    row="Another program is put in front of the browser",
    source="spec table row 5",
    microsoft=STOPS,
    ours="Stops and says so; goes on when the browser has the keyboard again.",
    apps=BOTH,
)
def test_another_program_stops_the_case(desk: Desk, day: Office) -> None:
    def look_back() -> None:
        desk.widget.stands_still("Not tracking: another window is in front")
        desk.look_back()

    stops_while_away(desk, day, leave=desk.look_at_another_program, come_back=look_back)


@scenario(
    row="The browser is refreshed",
    source="spec table row 5",
    microsoft="The timer stops; time since the last interval might be lost.",
    ours="Stops and loses nothing.",
    apps=BOTH,
)
def test_reloading_the_page_stops_the_case_and_loses_nothing(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=4, seconds=9)
    desk.reload()
    desk.work(minutes=2)

    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 249)]
    desk.open_case(COFFEE)
    desk.widget.shows(total="4 min 9 sec")


@scenario(
    row="The browser is closed",
    source="spec table row 5",
    microsoft="The timer stops; time since the last interval might be lost.",
    ours="Stops and loses nothing.",
    apps=BOTH,
)
def test_closing_the_browser_stops_the_case_and_loses_nothing(
    desk: Desk, day: Office, open_desk: OpenDesk
) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=4, seconds=9)
    desk.close()

    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 249)]
    assert day.evidence.tracked() == {COFFEE: 249}
    later = open_desk()
    later.open_case(COFFEE)
    later.widget.shows(total="4 min 9 sec")


@scenario(
    row="The same case is shown by another form of the Form selector",
    source="spec table row 6",
    microsoft=STOPS,
    ours="The old form's focus ends and, where the new form has the widget, a new one begins.",
    apps=BOTH,
)
def test_another_form_ends_the_focus_and_begins_a_new_one(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=3)
    desk.choose_form("Case with handling time, compact")
    desk.work(minutes=2)
    desk.widget.runs()
    desk.choose_form("Case without handling time")
    desk.work(minutes=5)

    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 180), Stretch(COFFEE, 180, 300)]


@scenario(
    row="Another case, open in another session, is switched to",
    source="spec table row 7",
    microsoft="The timer stops for the current case and starts for the other one.",
    ours="The same, without a second between them or counted twice.",
)
def test_another_session_takes_over_and_gives_back(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=1)
    desk.open_case(INVOICE)
    desk.work(minutes=2)
    desk.switch_to_session(COFFEE)
    desk.widget.runs()
    desk.work(minutes=3)

    desk.press_refresh()
    desk.widget.shows(total="4 min")
    assert day.evidence.stretches() == [
        Stretch(COFFEE, 0, 60),
        Stretch(INVOICE, 60, 180),
        Stretch(COFFEE, 180, 360),
    ]


@scenario(
    row="The screen is locked with the case in focus",
    source="spec table row 8",
    microsoft=STOPS,
    ours="Stops at the lock and goes on after it.",
    apps=BOTH,
)
def test_locking_the_screen_stops_the_case(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=5)
    desk.minimise()
    day.sleep(45 * 60)
    desk.restore()
    desk.work(minutes=1)

    desk.widget.runs()
    desk.press_refresh()
    desk.widget.shows(total="6 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 300), Stretch(COFFEE, 3000, 3060)]


@scenario(
    row="Queue item details or the Resolve case dialog are in front of the form",
    source="spec table row 9",
    microsoft="The timer continues to run.",
    ours="One unbroken span.",
    apps=BOTH,
)
def test_a_dialog_in_front_is_work_on_the_case(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=1)
    desk.open_queue_item()
    desk.work(minutes=2)
    desk.close_dialog("Close")
    desk.begin_to_resolve()
    desk.work(minutes=3)
    desk.close_dialog("Cancel")

    desk.widget.runs()
    desk.press_refresh()
    desk.widget.shows(total="6 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 360)]


@scenario(
    row="A new case is created and nothing is logged by hand",
    source="spec table row 10",
    microsoft="0 sec until the first update interval; Refresh updates it.",
    ours="The same; tracking starts with the first save.",
    apps=BOTH,
)
def test_a_new_case_shows_nothing_until_the_first_update(desk: Desk, day: Office) -> None:
    desk.begin_new_case()
    desk.widget.stands_still("Tracking starts when the case is saved")
    desk.work(minutes=2)
    desk.save_new_case("Lamp flickers")
    desk.widget.runs()
    desk.widget.shows(total="0 sec", automatic="0 sec")
    desk.work(minutes=3)
    desk.widget.shows(total="0 sec")
    desk.press_refresh()
    desk.widget.shows(total="3 min", automatic="3 min")
    desk.work(minutes=10)

    desk.widget.shows(total="13 min", automatic="13 min")
    assert day.evidence.stretches() == [Stretch("Lamp flickers", 120, 900)]


@scenario(
    row="A new case, with My time turned off",
    source="spec table row 11",
    microsoft="Total and automatic time are 0 sec until the first update interval.",
    ours="The same; no figure moves between updates.",
    apps=BOTH,
)
def test_a_new_case_without_my_time_stands_at_zero(desk: Desk) -> None:
    desk.begin_new_case()
    desk.save_new_case("Lamp flickers")
    desk.turn_my_time(on=False)
    desk.work(minutes=9, seconds=59)
    desk.widget.shows(total="0 sec", automatic="0 sec")
    desk.work(seconds=1)

    desk.widget.shows(total="10 min", automatic="10 min")


@scenario(
    row="A new case, with My time turned on",
    source="spec table row 12",
    microsoft="The automatic timer starts tracking in real time.",
    ours="The same; total and automatic time tick by the second.",
    apps=BOTH,
)
def test_a_new_case_with_my_time_ticks(desk: Desk) -> None:
    desk.begin_new_case()
    desk.save_new_case("Lamp flickers")
    desk.turn_my_time(on=True)
    desk.work(seconds=59)
    desk.widget.shows(total="59 sec", automatic="59 sec")
    desk.work(seconds=3)

    desk.widget.shows(total="1 min 02 sec", automatic="1 min 02 sec")
    desk.turn_my_time(on=False)
    desk.widget.shows(total="0 sec")
