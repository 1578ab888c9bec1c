"""Ours: everybody can use it, on the built control in a real browser."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.scenarios.axe import violations
from tests.scenarios.cases import COFFEE, INVOICE, PARCEL
from tests.scenarios.conftest import OpenDesk
from tests.scenarios.desk import Desk
from tests.scenarios.office import Office
from tests.scenarios.registry import scenario

CUT_OR_WIDE = """(root) => {
  const right = root.getBoundingClientRect().right + 1;
  const name = (each) => `${each.tagName} ${each.className} ${each.textContent}`.slice(0, 120);
  const seen = (each) => each.getClientRects().length > 0 && each.clientWidth > 1;
  const cuts = (each) => getComputedStyle(each).overflowX !== "visible"
    && each.scrollWidth > each.clientWidth + 1;
  return [root, ...root.querySelectorAll("*")]
    .filter(seen)
    .filter((each) => cuts(each) || each.getBoundingClientRect().right > right)
    .map(name);
}"""


@scenario(
    row="Accessibility rules (WCAG 2.2 AA) in light, dark and forced colours",
    source="ours",
    microsoft="Not mentioned.",
    ours="axe finds nothing, in whatever the widget shows while all is well.",
)
@pytest.mark.parametrize("look", ["light", "dark", "forced"])
def test_no_rule_is_broken(day: Office, open_desk: OpenDesk, look: str) -> None:
    day.setting("UpdateIntervalMinutes", 10)
    desk = open_desk(theme="dark" if look == "dark" else "light")
    # A colour on its way to another breaks rules for a tenth of a second.
    desk.page.emulate_media(reduced_motion="reduce")
    if look == "forced":
        desk.page.emulate_media(forced_colors="active")
    broken: dict[str, list[str]] = {}

    def check(state: str) -> None:
        found = violations(desk.page)
        if found:
            broken[state] = found

    desk.begin_new_case()
    check("unsaved")
    desk.open_case(COFFEE)
    desk.work(minutes=11)
    check("tracking")
    desk.turn_my_time(on=True)
    check("my time")
    desk.open_people()
    check("who worked on the case")
    desk.page.keyboard.press("Escape")
    desk.work(seconds=1)
    desk.open_history()
    desk.log_time("7", category="Research", note="Read the manual")
    check("history")
    desk.open_time_log()
    check("add time log")
    desk.page.keyboard.press("Escape")
    desk.work(seconds=1)
    desk.open_correction()
    check("edit automatic time")
    desk.page.keyboard.press("Escape")
    desk.work(seconds=1)
    desk.go_offline()
    desk.work(minutes=11)
    check("offline")
    desk.go_online()
    desk.work(minutes=6)
    desk.open_case(PARCEL)
    desk.work(seconds=3)
    check("resolved")

    assert broken == {}


@scenario(
    row="The same rules where things go wrong",
    source="ours",
    microsoft="Not mentioned.",
    ours="axe finds nothing: service away, out of reach, case not to be seen.",
)
@pytest.mark.parametrize("look", ["light", "dark", "forced"])
def test_no_rule_is_broken_where_things_go_wrong(
    day: Office, open_desk: OpenDesk, look: str
) -> None:
    theme = "dark" if look == "dark" else "light"
    colours: Literal["active", "none"] = "active" if look == "forced" else "none"
    broken: dict[str, list[str]] = {}

    day.stack.traffic.answer_next(503, times=3)
    desk = open_desk(theme=theme)
    desk.page.emulate_media(forced_colors=colours)
    desk.open_case(COFFEE)
    desk.work(seconds=2)
    expect(desk.widget.root.get_by_text("answer at the moment")).to_be_visible()
    broken["service away"] = violations(desk.page)
    desk.work(minutes=2)
    day.stack.traffic.answer_next(404, times=1)
    desk.open_case(INVOICE)
    expect(desk.widget.root.get_by_text("have permission to see")).to_be_visible()
    broken["not to be seen"] = violations(desk.page)
    desk.close()
    desk = open_desk(theme=theme, policy="strict")
    desk.page.emulate_media(forced_colors=colours)
    desk.open_case(COFFEE)
    desk.work(seconds=2)
    expect(desk.widget.root.get_by_text("be reached from this environment")).to_be_visible()
    broken["out of reach"] = violations(desk.page)

    assert [state for state, found in broken.items() if found] == []


@scenario(
    row="Only the keyboard is used",
    source="ours",
    microsoft="Not mentioned.",
    ours="Every action of the widget can be done.",
)
def test_everything_can_be_done_by_keyboard(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=10)
    desk.tab_to("switch", "My time")
    desk.press("Space")
    expect(desk.widget.my_time).to_be_checked()
    desk.tab_to("button", "Add time log")
    desk.press("Enter")
    desk.tab_to("textbox", "Duration")
    desk.page.keyboard.type("25")
    desk.tab_to("textbox", "Note")
    desk.page.keyboard.type("By keyboard")
    desk.tab_to("button", "Save")
    desk.press("Enter")
    expect(desk.page.get_by_role("button", name="Add time log")).to_be_focused()
    desk.tab_to("button", "Refresh")
    desk.press("Enter")
    desk.tab_to("button", "History")
    desk.press("Enter")
    desk.tab_to("button", "Edit automatic time")
    desk.press("Enter")
    desk.tab_to("textbox", "New automatic time")
    desk.page.keyboard.press("Control+A")
    desk.page.keyboard.type("0:09:00")
    desk.tab_to("textbox", "Reason")
    desk.page.keyboard.type("By keyboard")
    desk.tab_to("button", "Save")
    desk.press("Enter")
    expect(desk.widget.history("Automatic time")).to_contain_text("By keyboard")
    desk.tab_to("button", "Void: Research")
    desk.press("Enter")
    expect(desk.widget.history("Time logs")).to_contain_text("Voided")
    desk.tab_to("button", "Restore: Research")
    desk.press("Enter")
    expect(desk.widget.history("Time logs")).not_to_contain_text("Voided")
    desk.tab_to("button", "Edit: Research")
    desk.press("Enter")
    desk.tab_to("textbox", "Note")
    desk.page.keyboard.press("Control+A")
    desk.page.keyboard.type("Changed")
    desk.tab_to("button", "Save")
    desk.press("Enter")
    expect(desk.widget.history("Time logs")).to_contain_text("Changed")
    desk.tab_to("button", "1 representative")
    desk.press("Enter")
    expect(desk.page.get_by_role("heading", name="1 representative")).to_be_visible()
    desk.press("Escape")

    (log,) = day.evidence.time_logs()
    assert (log["cht_minutes"], log["cht_note"], log["statecode"]) == (25, "Changed", 0)
    assert [row["cht_reason"] for row in day.evidence.adjustments()] == ["By keyboard"]


@scenario(
    row="A screen reader listens while the ticker runs",
    source="ours",
    microsoft="Not mentioned.",
    ours="It says nothing for 60 ticks; starting and stopping is announced.",
)
def test_the_ticker_is_silent(desk: Desk) -> None:
    desk.open_case(COFFEE)
    desk.turn_my_time(on=True)
    desk.work(seconds=3)
    desk.page.evaluate(
        """() => {
          window.spoken = 0;
          const listener = new MutationObserver((changes) => { window.spoken += changes.length; });
          const live = "[role=status], [role=alert], [aria-live]:not([aria-live=off])";
          for (const each of document.querySelectorAll(live)) {
            listener.observe(each, { childList: true, characterData: true, subtree: true });
          }
        }"""
    )
    desk.work(seconds=60)

    desk.widget.shows(total="1 min 03 sec")
    expect(desk.widget.timer).to_have_attribute("aria-live", "off")
    assert desk.page.evaluate("() => window.spoken") == 0
    expect(desk.widget.status).to_have_text("Time is being tracked.")
    desk.look_at_another_program()
    desk.work(seconds=1)
    expect(desk.widget.status).to_have_text("Time is not being tracked.")


@scenario(
    row="A window of 320 pixels, and 200 % zoom",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing is cut and nothing scrolls sideways.",
)
@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_narrow_windows_cut_nothing(
    open_desk: OpenDesk, width: int, language: Literal["en", "de", "ar"]
) -> None:
    desk = open_desk(lang=language)
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.open_case(COFFEE)
    desk.work(minutes=10)
    root = desk.page.locator("section[aria-labelledby^=cht-case-time-]").filter(visible=True)
    root.locator("h3 button").click()
    root.get_by_role("switch").check()
    desk.work(seconds=3)

    assert root.evaluate(CUT_OR_WIDE) == []
    assert desk.page.evaluate("() => document.scrollingElement.scrollWidth") <= width
