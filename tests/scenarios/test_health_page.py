"""The health page asks Dataverse and the functions, and knows what it cannot know."""

import pytest
from playwright.sync_api import Locator, Page, expect

from solution.model.webhooks import ENDPOINT_ID, RECEIVER
from tests.local_stack.office.cases import case_id
from tests.scenarios.axe import violations
from tests.scenarios.office import Office
from tests.scenarios.service import Service
from tests.scenarios.settings_page import cut_or_wide, opened_alone

pytestmark = [pytest.mark.scenario, pytest.mark.enable_socket]

GERMAN, ENGLISH = 1031, 1033

OLDER_SOLUTIONS = "https://example.invalid/api"
"""Where the endpoint that they brought leads until a deployment."""


def point_webhook(day: Office, api: str) -> None:
    values = {"url": f"{api}/{RECEIVER}", "authvalue": "key of the demo"}
    day.stack.mock.update_row("serviceendpoint", ENDPOINT_ID, values)


def deployed(day: Office) -> None:
    """Point the webhook at the functions, as a deployment does."""
    point_webhook(day, day.stack.addresses.api)


def finding(page: Page, subject: str) -> Locator:
    heading = page.get_by_role("heading", name=subject)
    return page.get_by_role("listitem").filter(has=heading)


def test_everything_is_in_place_once_it_is_deployed_and_used(day: Office) -> None:
    point_webhook(day, OLDER_SOLUTIONS)
    page = opened_alone(day, "health", language=ENGLISH, width=1280)
    expect(finding(page, "Webhook endpoint")).to_contain_text("where no functions are")

    deployed(day)
    Service(day, case=case_id(1)).refresh("msdynce_hubapp")
    page.get_by_role("button", name="Check again").click()
    day.settle()

    expect(finding(page, "Functions")).to_contain_text("Dataverse answers them")
    expect(page.get_by_role("status")).to_have_text("Everything is in place.")


def test_functions_that_the_browser_may_not_reach_are_not_called_down(day: Office) -> None:
    deployed(day)
    page = opened_alone(day, "health", language=ENGLISH, width=1280, policy="strict")

    expect(finding(page, "Functions")).to_contain_text("Cannot tell")
    expect(finding(page, "Functions")).to_contain_text("does not mean they are down")


def test_a_representative_sees_what_cannot_be_told_to_her(day: Office) -> None:
    origin = day.stack.addresses.workspace
    page = opened_alone(day, "health", language=ENGLISH, width=1280)
    day.context.add_cookies([{"name": "cht_user", "value": "amira", "url": origin}])
    page.reload()
    day.settle()

    expect(finding(page, "Webhook steps")).to_contain_text("have permission to look at this")
    expect(finding(page, "Table: Time logs")).to_contain_text("OK")


def test_everybody_can_read_it(day: Office) -> None:
    broken = {}
    page = opened_alone(day, "health", language=GERMAN, width=320)
    for look in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if look == "dark" else "light")
        broken[look] = violations(page)
    page.emulate_media(color_scheme="light", forced_colors="active")
    broken["forced"] = violations(page)

    assert broken == {"light": [], "dark": [], "forced": []}
    assert cut_or_wide(page) == []
