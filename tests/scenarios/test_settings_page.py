"""What administrators set on the page is what representatives get, and anybody can use the page."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.local_stack.office.cases import case_id
from tests.scenarios.axe import violations
from tests.scenarios.cases import COFFEE
from tests.scenarios.conftest import OpenDesk
from tests.scenarios.desk import Desk
from tests.scenarios.office import Office
from tests.scenarios.service import Service
from tests.scenarios.settings_page import SettingsPage, cut_or_wide, opened_alone

pytestmark = [pytest.mark.scenario, pytest.mark.enable_socket]

WORKSPACE, HUB = "msdyn_CustomerServiceWorkspace", "msdynce_hubapp"
TRACK, INTERVAL = "Track case handling time", "Update interval (minutes)"
MY_TIME, TIME_LOGS = "Show the My time toggle", "Allow time logs"
MANY = 100


def come_back(desk: Desk) -> None:
    """Look at the widget again after a minute: it asks as soon as it is in front."""
    desk.work(minutes=1)
    desk.show()
    desk.press_refresh()


def test_what_is_set_holds_within_a_minute_for_the_environment_and_for_each_app(
    day: Office,
) -> None:
    service = Service(day, case=case_id(1))
    workspace, hub = (Desk.opened(day, app=app) for app in ("workspace", "hub"))
    for desk in (workspace, hub):
        desk.show()
        desk.open_case(COFFEE)
        desk.widget.runs()
        expect(desk.widget.my_time).to_be_visible()
    settings = SettingsPage.opened(day)

    with settings.in_front():
        settings.choose(TIME_LOGS, "No")
        settings.saves()
        settings.show("Customer Service workspace")
        settings.choose(MY_TIME, "No")
        settings.enter(INTERVAL, "12")
        settings.saves()
        settings.show("Customer Service Hub")
        settings.choose(TRACK, "No")
        settings.choose(TIME_LOGS, "Yes")
        settings.saves()

    come_back(workspace)
    add = "Add time log"
    expect(workspace.widget.my_time).to_have_count(0)
    expect(workspace.widget.root.get_by_role("button", name=add)).to_have_count(0)
    workspace.widget.runs()
    there = service.refresh(WORKSPACE)
    assert there["settings"]["updateIntervalMinutes"] == 12
    assert there["time"]["scope"] == "mine"
    assert service.log_time(WORKSPACE) == 403
    before = len(day.stack.traffic.calls_to("api"))
    workspace.work(minutes=11)
    assert len(day.stack.traffic.calls_to("api")) == before
    workspace.work(minutes=1)
    assert len(day.stack.traffic.calls_to("api")) > before

    come_back(hub)
    hub.widget.stands_still("Not tracking: turned off by your administrator")
    expect(hub.widget.my_time).to_be_visible()
    expect(hub.widget.root.get_by_role("button", name=add)).to_be_visible()
    here = service.refresh(HUB)
    assert here["tracking"] == {"state": "stopped", "reason": "tracking_disabled"}
    assert here["settings"]["updateIntervalMinutes"] == 10
    assert here["time"]["scope"] == "everyone"
    assert service.log_time(HUB) == 201

    with settings.in_front():
        settings.inherit(TRACK)
        settings.inherit(TIME_LOGS)
        settings.saves()

    come_back(hub)
    hub.widget.runs()
    expect(hub.widget.root.get_by_role("button", name=add)).to_have_count(0)
    assert service.log_time(HUB) == 403


@pytest.mark.parametrize("app", ["workspace"])
def test_the_first_case_of_a_page_has_the_settings_of_its_app(
    day: Office, open_desk: OpenDesk
) -> None:
    day.stack.mock.setting("cht_MyTimeVisible", "false", app=WORKSPACE)

    desk = open_desk()
    desk.open_case(COFFEE)

    desk.widget.runs()
    expect(desk.widget.my_time).to_have_count(0)


def test_what_is_out_of_range_is_marked_and_not_sent(day: Office) -> None:
    settings = SettingsPage.opened(day)
    settings.enter(INTERVAL, "9")
    settings.enter("Reporting time zone", "Mars/Olympus")
    settings.enter("Keep focus segments (days)", "3651")
    settings.enter("Idle limit (minutes)", "1.5")
    settings.save()

    for label, complaint in (
        (INTERVAL, "Enter a number from 10 to 60."),
        ("Reporting time zone", "Choose a time zone from the list, such as Europe/Berlin."),
        ("Keep focus segments (days)", "Enter a number from 1 to 3,650."),
        ("Idle limit (minutes)", "Enter a whole number."),
    ):
        expect(settings.setting(label)).to_contain_text(complaint)
    expect(settings.setting(INTERVAL).get_by_role("textbox")).to_be_focused()
    assert day.stack.mock.rows("organizationsetting") == []


def test_who_may_not_change_settings_is_told_so(day: Office) -> None:
    settings = SettingsPage.opened(day, user="amira")

    refusal = settings.frame.get_by_role("alert")
    expect(refusal).to_contain_text("have permission to change these settings")
    expect(settings.frame.get_by_role("button")).to_have_count(0)


def test_a_setting_is_changed_and_taken_back_by_keyboard_alone(day: Office) -> None:
    settings = SettingsPage.opened(day)
    keys = settings.page.keyboard
    focused = settings.frame.locator(":focus")
    settings.frame.get_by_label("Settings for").focus()
    keys.press("End")
    expect(settings.preview).to_contain_text("In the app Handling time administration")
    keys.press("ArrowUp")
    expect(settings.preview).to_contain_text("In the app Customer Service workspace")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(settings.preview).to_contain_text("Nothing is tracked.")
    keys.press("Tab")
    keys.press("Tab")
    expect(focused).to_have_role("textbox")
    keys.type("5")
    keys.press("Enter")
    day.settle()
    expect(focused).to_have_attribute("aria-invalid", "true")
    keys.press("Control+A")
    keys.type("25")
    keys.press("Enter")
    day.settle()

    expect(settings.outcome).to_contain_text(f"Saved: {TRACK}, {INTERVAL}.")
    expect(focused).to_have_value("25")
    keys.press("Shift+Tab")
    keys.press("ArrowUp")
    keys.press("Enter")
    day.settle()
    values = {row["uniquename"]: row["value"] for row in day.stack.mock.rows("appsetting")}
    assert list(values.values()) == ["false"]


@pytest.mark.parametrize("look", ["light", "dark", "forced"])
def test_no_rule_is_broken(day: Office, look: Literal["light", "dark", "forced"]) -> None:
    day.setting("UpdateIntervalMinutes", 5)
    page = opened_alone(day, "settings", language=1033, width=1280)
    page.emulate_media(
        color_scheme="dark" if look == "dark" else "light",
        forced_colors="active" if look == "forced" else "none",
    )
    broken = {"first": violations(page)}
    page.get_by_label("Settings for").select_option(label="Customer Service Hub")
    page.get_by_role("group", name=MY_TIME).get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("group", name=INTERVAL).get_by_role("textbox").fill("9")
    page.get_by_role("button", name="Save").click()
    broken["complaint"] = violations(page)
    page.get_by_role("group", name=INTERVAL).get_by_role("textbox").fill("20")
    page.get_by_role("button", name="Save").click()
    day.settle()
    broken["saved"] = violations(page)

    assert broken == {"first": [], "complaint": [], "saved": []}


@pytest.mark.parametrize("width", [320, 640])
def test_narrow_windows_cut_nothing(day: Office, width: int) -> None:
    day.setting("UpdateIntervalMinutes", 5)
    for language in (1031, 1025):
        page = opened_alone(day, "settings", language=language, width=width)
        page.locator("select").select_option(index=2)
        page.locator("input.number").first.fill("9")
        page.locator("button:not([type])").click()
        day.settle()

        assert cut_or_wide(page) == []


def test_the_environments_settings_are_of_use_where_those_of_apps_are_withheld(day: Office) -> None:
    day.stack.mock.fail_next(
        403, times=MANY, matching=lambda request: request.path.endswith("/appsettings")
    )
    settings = SettingsPage.opened(day)
    expect(settings.frame.get_by_text("The values of single apps")).to_be_visible()

    settings.enter(INTERVAL, "25")
    settings.saves()

    (value,) = day.stack.mock.rows("organizationsetting")
    assert value["value"] == "25"
