"""What the product's own description says beside its table."""

from playwright.sync_api import expect

from tests.api.harness import a_log
from tests.local_stack.office.cases import case_id
from tests.local_stack.office.people import BEN
from tests.mock_dataverse.people import User
from tests.scenarios.cases import COFFEE, INVOICE, NETWORK
from tests.scenarios.conftest import OpenDesk
from tests.scenarios.desk import Desk
from tests.scenarios.evidence import Stretch
from tests.scenarios.office import Office
from tests.scenarios.registry import BOTH, scenario

HUB, INBOX = 1, 2
COFFEE_ID = case_id(1)
COLLEAGUE = User(BEN.systemuserid, BEN.entra_object_id, BEN.full_name)


def _ben_logs(day: Office, minutes: int) -> None:
    day.stack.mock.add_row("cht_timelog", a_log(COFFEE_ID, COLLEAGUE, cht_minutes=minutes))


@scenario(
    row="Customer Service Hub: the case is in focus",
    source="spec hub",
    microsoft="The timer runs as long as the case is in focus.",
    ours="The same.",
    apps=("hub",),
)
def test_the_hub_counts_while_the_case_is_in_focus(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=25)

    desk.widget.runs()
    desk.press_refresh()
    desk.widget.shows(total="25 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 1500)]
    assert day.evidence.surfaces() == {HUB}


@scenario(
    row="Customer Service Hub: a different entity is navigated to",
    source="spec hub",
    microsoft="The timer stops.",
    ours="Stops and loses nothing.",
    apps=("hub",),
)
def test_the_hub_stops_on_another_page(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=3)
    desk.go_to_dashboard()
    desk.work(minutes=3)

    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 180)]


@scenario(
    row="Customer Service Hub: another case is navigated to",
    source="spec hub",
    microsoft="The timer stops and starts for the other case.",
    ours="The same, without a second between them or counted twice.",
    apps=("hub",),
)
def test_the_hub_goes_from_case_to_case(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=3)
    desk.open_similar_case()
    desk.work(minutes=2)
    desk.open_case(INVOICE)
    desk.work(minutes=1)
    desk.go_home()
    desk.work(seconds=5)

    bounds = [(began, ended) for _, began, ended in day.evidence.stretches()]
    assert bounds == [(0, 180), (180, 300), (300, 360)]


@scenario(
    row="The browser is closed 20 minutes into an interval of 15",
    source="spec note on intervals",
    microsoft="Logs 15 minutes; the other 5 might not be captured.",
    ours="20 minutes are recorded.",
    apps=BOTH,
)
def test_the_interval_that_was_running_is_not_lost(
    day: Office, open_desk: OpenDesk, app: str
) -> None:
    day.setting("UpdateIntervalMinutes", 15)
    desk = open_desk()
    desk.open_case(COFFEE)
    desk.work(minutes=20)
    desk.widget.shows(total="15 min")
    desk.close()

    assert day.evidence.tracked() == {COFFEE: 1200}, app
    later = open_desk()
    later.open_case(COFFEE)
    later.widget.shows(total="20 min")


@scenario(
    row="The browser is refreshed 20 minutes into an interval of 15",
    source="spec note on intervals",
    microsoft="Logs 15 minutes; the other 5 might not be captured.",
    ours="20 minutes are recorded.",
    apps=BOTH,
)
def test_the_interval_that_was_running_survives_a_reload(day: Office, open_desk: OpenDesk) -> None:
    day.setting("UpdateIntervalMinutes", 15)
    desk = open_desk()
    desk.open_case(COFFEE)
    desk.work(minutes=20)
    desk.reload()

    assert day.evidence.tracked() == {COFFEE: 1200}


@scenario(
    row="The update interval passes",
    source="spec on updates",
    microsoft="The figures refresh at the administrator's frequency.",
    ours="The same, and the widget says when that was.",
    apps=BOTH,
)
def test_the_figures_update_by_themselves(day: Office, open_desk: OpenDesk) -> None:
    day.setting("UpdateIntervalMinutes", 12)
    desk = open_desk()
    desk.open_case(COFFEE)
    desk.work(minutes=11, seconds=59)
    desk.widget.shows(total="0 sec")
    desk.work(seconds=1)

    desk.widget.shows(total="12 min", automatic="12 min")
    expect(desk.widget.root.get_by_text("Updated 9:12 AM")).to_be_visible()


@scenario(
    row="Refresh is selected",
    source="spec on Refresh",
    microsoft="Updates the figures; in the workspace the records in History stay as they were.",
    ours="Updates the figures and the records in History, in both apps.",
    apps=BOTH,
)
def test_refresh_updates_the_history_too(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.open_history()
    expect(desk.widget.history("Time logs")).to_contain_text("No time has been logged yet")
    desk.work(minutes=2)
    _ben_logs(day, 7)
    desk.press_refresh()

    desk.widget.shows(total="9 min", automatic="2 min", manual="7 min", logs="7 min")
    expect(desk.widget.entries("Time logs")).to_have_count(1)
    expect(desk.widget.entries("Time logs")).to_contain_text("7 min")
    expect(desk.widget.entries("Automatic time")).to_contain_text("2 min")


@scenario(
    row="History of a new case",
    source="spec on History",
    microsoft="No record of automatic time until the first update interval.",
    ours="The same.",
    apps=BOTH,
)
def test_the_history_has_automatic_time_after_the_first_update(desk: Desk) -> None:
    desk.begin_new_case()
    desk.save_new_case("Lamp flickers")
    desk.work(seconds=5)
    desk.open_history()
    expect(desk.widget.history("Automatic time")).to_contain_text("No automatic time yet")
    desk.work(minutes=10)

    expect(desk.widget.entries("Automatic time")).to_have_count(1)
    expect(desk.widget.entries("Automatic time")).to_contain_text("10 min")


@scenario(
    row="Time is logged by hand",
    source="spec on time logs",
    microsoft="The Add icon logs time directly on the case.",
    ours="The same, with duration, date, category and note; figures and History show it at once.",
    apps=BOTH,
)
def test_a_time_log_is_added(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.open_history()
    desk.log_time("0:45", category="Collaboration", note="Asked the supplier")

    desk.widget.shows(total="45 min", manual="45 min", logs="45 min")
    expect(desk.widget.entries("Time logs")).to_contain_text("Asked the supplier")
    (log,) = day.evidence.time_logs()
    assert (log["cht_minutes"], log["cht_category"]) == (45, 1)


@scenario(
    row="The administrator does not allow time logs",
    source="spec on time logs",
    microsoft="The Add icon depends on the administrator's configuration.",
    ours="There is no Add button; what is logged still counts.",
    apps=BOTH,
)
def test_without_leave_nothing_can_be_logged(day: Office, open_desk: OpenDesk) -> None:
    day.setting("TimeLogsAllowed", value=False)
    _ben_logs(day, 7)
    desk = open_desk()
    desk.open_case(COFFEE)

    desk.widget.shows(total="7 min", logs="7 min")
    expect(desk.widget.root.get_by_role("button", name="Add time log")).to_have_count(0)


@scenario(
    row="Automatic time is edited",
    source="spec on History",
    microsoft="Only one's own automatic time can be edited.",
    ours="The same; it asks for a reason, and what was tracked stays beside the correction.",
    apps=BOTH,
)
def test_own_automatic_time_is_corrected(desk: Desk, day: Office, open_desk: OpenDesk) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=10)
    desk.go_home()
    desk.close()
    bens = open_desk(user="ben")
    bens.open_case(COFFEE)
    bens.work(minutes=5)
    bens.press_refresh()
    bens.open_history()
    expect(bens.widget.root.get_by_role("button", name="Edit automatic time")).to_have_count(1)
    bens.correct_own_time("0:03:00", reason="Was at lunch")

    bens.widget.shows(total="13 min", automatic="13 min")
    expect(bens.widget.history("Automatic time")).to_contain_text("Was at lunch")
    assert day.evidence.tracked("ben") == {COFFEE: 300}
    assert [row["cht_deltaseconds"] for row in day.evidence.adjustments()] == [-120]


@scenario(
    row="My time is turned on",
    source="spec on My time",
    microsoft="Own time only, as a ticker, with a sign that time is tracked in real time.",
    ours="The same.",
    apps=BOTH,
)
def test_my_time_ticks_with_a_sign(desk: Desk, day: Office) -> None:
    _ben_logs(day, 7)
    desk.open_case(COFFEE)
    desk.widget.shows(total="7 min")
    desk.turn_my_time(on=True)
    desk.work(minutes=1, seconds=5)

    desk.widget.shows(total="1 min 05 sec", automatic="1 min 05 sec", manual="0 sec")
    expect(desk.widget.root.get_by_text("Live", exact=True)).to_be_visible()
    desk.turn_my_time(on=False)
    desk.widget.shows(total="7 min", automatic="0 sec")
    expect(desk.widget.root.get_by_text("Live", exact=True)).to_have_count(0)


@scenario(
    row="My time is not enabled by the administrator",
    source="spec on My time",
    microsoft="There is no toggle, and the total is one's own time only.",
    ours="The same, enforced by the server: nobody else's figures leave it.",
    apps=BOTH,
)
def test_without_the_toggle_the_time_is_ones_own(day: Office, open_desk: OpenDesk) -> None:
    day.setting("MyTimeVisible", value=False)
    _ben_logs(day, 7)
    desk = open_desk()
    desk.open_case(COFFEE)
    desk.work(minutes=3)
    desk.press_refresh()
    desk.open_history()

    expect(desk.widget.my_time).to_have_count(0)
    desk.widget.shows(total="3 min", automatic="3 min", logs="0 sec")
    expect(desk.widget.root).not_to_contain_text("Ben")


@scenario(
    row="Several representatives worked on the case",
    source="spec on profiles",
    microsoft="Everybody's profile can be viewed.",
    ours="The same, with who did how much.",
    apps=BOTH,
)
def test_everybody_who_worked_on_the_case_is_shown(desk: Desk, day: Office) -> None:
    _ben_logs(day, 7)
    desk.open_case(COFFEE)
    desk.work(minutes=2)
    desk.press_refresh()
    desk.widget.root.get_by_role("button", name="2 representatives worked on this case").click()
    desk.work(seconds=1)

    people = (
        desk.page.get_by_role("group")
        .or_(desk.page.get_by_role("dialog"))
        .filter(has_text="representatives worked on this case")
    )
    expect(people.first).to_contain_text("Ben (demo)")
    expect(people.first).to_contain_text("Amira (demo)")


@scenario(
    row="Tracking is turned off by the administrator",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing is tracked, and what is recorded stays visible.",
    apps=BOTH,
)
def test_nothing_is_tracked_where_it_is_turned_off(day: Office, open_desk: OpenDesk) -> None:
    _ben_logs(day, 7)
    day.setting("HandlingTimeEnabled", value=False)
    desk = open_desk()
    desk.open_case(COFFEE)
    desk.work(minutes=12)

    desk.widget.stands_still("Not tracking: turned off by your administrator")
    desk.widget.shows(total="7 min")
    assert day.evidence.stretches() == []


@scenario(
    row="Cases are switched in the inbox",
    source="spec on automatic tracking",
    microsoft="Automatic tracking isn't supported.",
    ours="Each case gets its time.",
)
def test_the_inbox_is_tracked_case_by_case(desk: Desk, day: Office) -> None:
    desk.open_inbox()
    desk.choose_conversation(COFFEE)
    desk.work(minutes=2)
    desk.choose_conversation(NETWORK)
    desk.work(minutes=3)
    desk.widget.runs()
    desk.choose_conversation(COFFEE)
    desk.work(minutes=1)
    desk.go_home()
    desk.work(seconds=5)

    assert day.evidence.stretches() == [
        Stretch(COFFEE, 0, 120),
        Stretch(NETWORK, 120, 300),
        Stretch(COFFEE, 300, 360),
    ]
    assert INBOX in day.evidence.surfaces()
