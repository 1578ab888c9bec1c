"""The sign-in that is shipped, against Entra's answers: MSAL, its hidden frame, its window."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.api.harness import SIGNING_KEY
from tests.local_stack.office.people import AMIRA, BEN, Person
from tests.local_stack.tokens import TENANT, TokenIssuer
from tests.scenarios.cases import COFFEE
from tests.scenarios.desk import Desk
from tests.scenarios.entra import Entra
from tests.scenarios.evidence import Stretch
from tests.scenarios.office import Office
from tests.scenarios.registry import scenario

ONLY_DATAVERSE = "signed in to Dataverse only"


def entra_of(day: Office, person: Person) -> Entra:
    issuer = TokenIssuer(issuer=f"{day.stack.addresses.tokens}/{TENANT}/v2.0", key=SIGNING_KEY)
    return Entra(
        day.context,
        person,
        lambda each: issuer.for_api(each.entra_object_id, now=datetime.now(UTC)),
    )


@scenario(
    row="She has a session with Entra",
    source="ours",
    microsoft="Part of the app; no sign-in of its own.",
    ours="Signed in silently; nothing is asked of her.",
)
def test_a_session_with_entra_is_enough(desk: Desk, day: Office) -> None:
    entra = entra_of(day, AMIRA)

    desk.open_case(COFFEE)
    desk.work(seconds=40)
    desk.press_refresh()

    desk.widget.shows(total="40 sec")
    assert entra.asked == ["silent"]
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 40)]


@scenario(
    row="She has no session with Entra",
    source="ours",
    microsoft="Part of the app; no sign-in of its own.",
    ours="Her time goes to Dataverse meanwhile; a button signs in, in a window of its own.",
)
def test_without_a_session_she_signs_in_with_a_window(desk: Desk, day: Office) -> None:
    entra = entra_of(day, AMIRA)
    entra.has_session = False
    desk.open_case(COFFEE)
    desk.work(seconds=40)
    expect(desk.widget.root.get_by_text(ONLY_DATAVERSE)).to_be_visible()

    with desk.page.expect_popup() as popup:
        desk.widget.root.get_by_role("button", name="Sign in").click()
    popup.value.wait_for_event("close")
    day.settle()

    expect(desk.widget.root.get_by_text(ONLY_DATAVERSE)).to_be_hidden()
    assert entra.asked[-1] == "window"
    desk.work(seconds=20)
    desk.press_refresh()
    desk.widget.shows(total="1 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 60)]


@scenario(
    row="Somebody else is signed in to the browser's Entra session",
    source="ours",
    microsoft="Part of the app; no sign-in of its own.",
    ours="His token is not used: her time goes to Dataverse as hers.",
)
def test_the_token_of_somebody_else_is_not_used(desk: Desk, day: Office) -> None:
    entra_of(day, BEN)

    desk.open_case(COFFEE)
    desk.work(seconds=40)
    desk.go_home()
    day.pass_time(10)

    assert day.evidence.stretches("ben") == []
    assert day.evidence.stretches("amira") == [Stretch(COFFEE, 0, 40)]
