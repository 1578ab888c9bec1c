"""One browser window of a representative, with what she does in it."""

import contextlib
from types import MappingProxyType
from typing import Literal
from urllib.parse import urlencode

from playwright.sync_api import Error, Locator, Page, expect

from tests.scenarios.office import Office
from tests.scenarios.widget import Widget

MOST_TABS = 80
Role = Literal["button", "switch", "textbox"]
DEFAULTS = MappingProxyType({"user": "amira", "theme": "light", "lang": "en", "panel": "0"})


class Desk:
    """A page of the simulated workspace. Every act ends when all it caused has arrived."""

    def __init__(self, office: Office, page: Page) -> None:
        self.office = office
        self.page = page
        self.widget = Widget(page)
        self._others: list[Page] = []

    @classmethod
    def opened(cls, office: Office, **options: str) -> "Desk":
        """Open a tab with the workspace; the options are those of the page's address."""
        desk = cls(office, office.context.new_page())
        desk.go(**options)
        return desk

    def go(self, **options: str) -> None:
        """Load the workspace anew."""
        query = urlencode({**DEFAULTS, **options})
        self.page.goto(f"{self.office.stack.addresses.workspace}/?{query}")
        self.ready()

    def ready(self) -> None:
        expect(self.page.locator("body[data-ready]")).to_be_attached()
        self.page.bring_to_front()
        self.office.settle()

    # What she works on

    def open_case(self, title: str) -> None:
        self.go_home()
        self._click(self.page.get_by_role("link", name=title, exact=True).filter(visible=True))

    def go_home(self) -> None:
        rail = self.page.get_by_role("navigation", name="Sessions")
        home = rail.get_by_role("button", name="Home", exact=True)
        cases = self.page.get_by_role("navigation", name="Areas").get_by_role(
            "button", name="Cases", exact=True
        )
        self._click(home.or_(cases))

    def go_to_dashboard(self) -> None:
        self._click(self._in("Areas", "Dashboard"))

    def switch_to_session(self, title: str) -> None:
        self._click(self._in("Sessions", title))

    def close_session(self, title: str) -> None:
        self._click(self._in("Sessions", f"Close session: {title}"))

    def switch_to_tab(self, title: str) -> None:
        self._click(self.page.get_by_role("tab", name=title, exact=True))

    def close_tab(self, title: str) -> None:
        self._click(self.page.get_by_role("button", name=f"Close tab: {title}", exact=True))

    def open_article(self) -> None:
        self._click(self._related("Knowledge article:").first)

    def open_child_case(self) -> None:
        self._click(self._related("Child case:").first)

    def open_similar_case(self) -> None:
        self._click(self._related("Similar case:").first)

    def open_inbox(self) -> None:
        self._click(self._in("Sessions", "Inbox"))

    def choose_conversation(self, title: str) -> None:
        conversations = self.page.get_by_role("list", name="Conversations")
        self._click(conversations.get_by_role("button", name=title, exact=True))

    # What she does on the form

    def choose_form(self, label: str) -> None:
        self.page.get_by_role("combobox", name="Form").filter(visible=True).select_option(label)
        self.office.settle()

    def open_queue_item(self) -> None:
        self._click(self._command("Queue item details"))
        expect(self.page.get_by_role("dialog", name="Queue item details")).to_be_visible()

    def begin_to_resolve(self) -> None:
        self._click(self._command("Resolve case"))
        expect(self.page.get_by_role("dialog", name="Resolve case")).to_be_visible()

    def finish_resolving(self, resolution: str = "Solved") -> None:
        dialog = self.page.get_by_role("dialog", name="Resolve case")
        dialog.get_by_label("Resolution").fill(resolution)
        self._click(dialog.get_by_role("button", name="Resolve", exact=True))
        expect(dialog).to_be_hidden()

    def resolve(self) -> None:
        self.begin_to_resolve()
        self.finish_resolving()

    def refresh_form(self) -> None:
        """Have the form show the case as it is in Dataverse by now."""
        self._click(self._command("Refresh"))

    def cancel_case(self) -> None:
        self._click(self._command("Cancel case"))

    def reactivate(self) -> None:
        self._click(self._command("Reactivate case"))

    def close_dialog(self, button: str) -> None:
        self._click(self.page.get_by_role("dialog").get_by_role("button", name=button, exact=True))

    def begin_new_case(self) -> None:
        self.go_home()
        self._click(self.page.get_by_role("button", name="New case").filter(visible=True))

    def save_new_case(self, title: str) -> None:
        self.page.get_by_role("textbox", name="Title").fill(title)
        self._click(self._command("Save"))
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()

    def search_knowledge(self, words: str) -> None:
        """Put the keyboard into the frame within the form."""
        frame = self.page.frame_locator('iframe[title="Knowledge search"]:visible')
        frame.locator("input").click()
        frame.locator("input").fill(words)
        self.office.settle()

    # What she does with the widget

    def press_refresh(self) -> None:
        self._click(self.widget.refresh)

    def turn_my_time(self, *, on: bool) -> None:
        self.widget.my_time.set_checked(on)
        self.office.settle()

    def open_people(self) -> None:
        people = self.widget.root.get_by_role("button", name="worked on this case")
        self._click(people)

    def scroll_the_widget_out_of_sight(self) -> None:
        """Scroll the form in a low window until the widget is above it."""
        self.page.set_viewport_size({"width": 1280, "height": 300})
        self.page.get_by_role("region", name="Related").filter(visible=True).evaluate(
            """(related) => {
              let each = related;
              while (each) { each.scrollTop = each.scrollHeight; each = each.parentElement; }
            }"""
        )
        self.office.settle()

    def open_history(self) -> None:
        self._click(self.widget.root.get_by_role("button", name="History"))

    def close_history(self) -> None:
        self._click(self.widget.root.get_by_role("button", name="History"))

    def open_time_log(self) -> None:
        self._click(self.widget.root.get_by_role("button", name="Add time log"))
        expect(self.page.get_by_role("dialog", name="Add time log")).to_be_visible()

    def open_correction(self) -> None:
        self._click(self.widget.root.get_by_role("button", name="Edit automatic time"))
        expect(self.page.get_by_role("dialog", name="Edit automatic time")).to_be_visible()

    def log_time(self, duration: str, *, category: str, note: str) -> None:
        self.open_time_log()
        dialog = self.page.get_by_role("dialog", name="Add time log")
        dialog.get_by_role("textbox", name="Duration").fill(duration)
        dialog.get_by_role("combobox", name="Category").select_option(category)
        dialog.get_by_role("textbox", name="Note").fill(note)
        self._click(dialog.get_by_role("button", name="Save"))
        expect(dialog).to_be_hidden()

    def correct_own_time(self, duration: str, *, reason: str) -> None:
        self.open_correction()
        dialog = self.page.get_by_role("dialog", name="Edit automatic time")
        dialog.get_by_role("textbox", name="New automatic time").fill(duration)
        dialog.get_by_role("textbox", name="Reason").fill(reason)
        self._click(dialog.get_by_role("button", name="Save"))
        expect(dialog).to_be_hidden()

    def type_a_word(self) -> None:
        self.page.get_by_role("textbox", name="Description").filter(visible=True).press("a")
        self.office.settle()

    def tab_to(self, role: Role, name: str) -> None:
        """Press Tab until something has the keyboard; its name begins like this."""
        wanted = self.page.get_by_role(role, name=name)
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if wanted.and_(self.page.locator(":focus")).count():
                return
        raise AssertionError(f"Tab does not lead to the {role} {name!r}")

    def press(self, key: str) -> None:
        """Press a key and give what it opens or closes a second."""
        self.page.keyboard.press(key)
        self.work(seconds=1)

    # What happens to the window

    def work(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.office.pass_time(minutes * 60 + seconds)

    def hide(self) -> None:
        """Put another tab of the browser in front."""
        other = self.office.context.new_page()
        self._others.append(other)
        other.bring_to_front()
        self._becomes("hidden")

    def show(self) -> None:
        """Come back from the other tab or the other program."""
        self.page.bring_to_front()
        self._becomes("visible")
        while self._others:
            self._others.pop().close()
        self.office.settle()

    def minimise(self) -> None:
        self._window("minimized")
        self._becomes("hidden")

    def restore(self) -> None:
        self._window("normal")
        self.show()

    def look_at_another_program(self) -> None:
        """Lose the keyboard to another program while the window stays in sight."""
        self.page.evaluate(
            "() => { document.hasFocus = () => false; window.dispatchEvent(new Event('blur')); }"
        )
        self.office.settle()

    def look_back(self) -> None:
        self.page.evaluate(
            "() => { delete document.hasFocus; window.dispatchEvent(new Event('focus')); }"
        )
        self.office.settle()

    def freeze_and_thaw(self) -> None:
        """Let the browser freeze the hidden page. No clock moves meanwhile: nothing in it runs."""
        self._send("Page.setWebLifecycleState", state="frozen")
        self._send("Page.setWebLifecycleState", state="active")
        self.office.settle()

    def reload(self) -> None:
        with self.office.last_words():
            self.page.reload()
        self.ready()

    def leave_the_app(self) -> None:
        """Follow a link out of the app in the same tab."""
        with self.office.last_words():
            self.page.goto("about:blank")

    def close(self) -> None:
        with self.office.last_words():
            self.page.close()

    def crash(self) -> None:
        """Kill the process behind the page; nothing in it can say goodbye."""
        with self.page.expect_event("crash"), contextlib.suppress(Error):
            self.page.goto("chrome://crash")
        self.page.close()
        self.office.settle()

    def go_offline(self) -> None:
        self.office.context.set_offline(True)
        self.office.stack.traffic.is_cut = True
        self.office.settle()

    def go_online(self) -> None:
        self.office.stack.traffic.is_cut = False
        self.office.context.set_offline(False)
        self.office.settle()

    def open_second_window(self, **options: str) -> "Desk":
        """Open the workspace in a window of its own; the browser lets both have the keyboard."""
        query = urlencode({**DEFAULTS, **options})
        address = f"{self.office.stack.addresses.workspace}/?{query}"
        with self.page.expect_popup() as popup:
            self.page.evaluate("(url) => { window.open(url, '', 'popup,width=900'); }", address)
        second = Desk(self.office, popup.value)
        second.ready()
        return second

    def _click(self, place: Locator) -> None:
        place.click()
        self.office.settle()

    def _in(self, navigation: str, name: str) -> Locator:
        rail = self.page.get_by_role("navigation", name=navigation)
        return rail.get_by_role("button", name=name, exact=True)

    def _command(self, name: str) -> Locator:
        bar = self.page.get_by_role("toolbar", name="Commands").filter(visible=True)
        return bar.get_by_role("button", name=name, exact=True)

    def _related(self, beginning: str) -> Locator:
        pane = self.page.get_by_role("region", name="Related").filter(visible=True)
        return pane.get_by_role("link", name=beginning)

    def _becomes(self, state: str) -> None:
        self.page.wait_for_function(
            "(state) => document.visibilityState === state", arg=state, polling=20
        )
        self.office.settle()

    def _window(self, state: str) -> None:
        session = self.office.context.new_cdp_session(self.page)
        target = session.send("Target.getTargetInfo")["targetInfo"]["targetId"]
        found = session.send("Browser.getWindowForTarget", {"targetId": target})
        session.send(
            "Browser.setWindowBounds",
            {"windowId": found["windowId"], "bounds": {"windowState": state}},
        )
        session.detach()

    def _send(self, method: str, **parameters: object) -> None:
        session = self.office.context.new_cdp_session(self.page)
        session.send(method, parameters)
        session.detach()
