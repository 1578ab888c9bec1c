from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from solution.model.identity import CONTROL_NAME
from solution.tools.environment.form_xml import Parameters, widget_of
from tests.contract.api import Api
from tests.contract.ticking import Clock
from tests.integration.solution_tools.console import FUNCTIONS, Console, written
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.metadata.definitions import metadata_id
from tests.unit.solution.environment.case_forms import same

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

CONNECTED = Parameters(apiBaseUrl=FUNCTIONS)
CASE = ("--form", "Case")


OTHER = "Case for Interactive experience"


@pytest.fixture
def mock(clock: Clock) -> Iterator[MockDataverse]:
    """An environment that knows the widget."""
    mock = MockDataverse(clock=clock)
    mock.add_row("customcontrol", {"name": CONTROL_NAME, "version": "0.1.0"})
    yield mock
    mock.close()


def form_id(mock: MockDataverse, name: str = "Case") -> str:
    return next(str(row["formid"]) for row in mock.rows("systemform") if row["name"] == name)


def shown(mock: MockDataverse) -> str:
    """Return the form as people see it."""
    return next(str(row["formxml"]) for row in mock.rows("systemform") if row["name"] == "Case")


def edit(administrator: Api, mock: MockDataverse) -> None:
    """Change a label, as somebody who has not finished yet."""
    edited = shown(mock).replace('description="Summary"', 'description="Overview"', 1)
    assert edited != shown(mock)
    administrator.patch(f"systemforms({form_id(mock)})", {"formxml": edited}, {"If-Match": "*"})


def test_a_form_gets_the_widget_and_is_published(console: Console, mock: MockDataverse) -> None:
    outcome = console.run("add-to-form", *CASE, "--functions-url", FUNCTIONS)

    assert outcome.code == 0
    assert f"put the widget on the form 'Case', told apiBaseUrl={FUNCTIONS}" in outcome.lines
    assert widget_of(shown(mock)) == CONNECTED


def test_only_the_table_of_cases_is_published(console: Console, mock: MockDataverse) -> None:
    console.run("add-to-form", *CASE)

    writes = console.writes()
    assert [written(each) for each in writes] == [
        f"PATCH systemforms({form_id(mock)})",
        "POST PublishXml",
    ]
    assert "<entities><entity>incident</entity></entities>" in writes[1].body


def test_a_second_time_changes_nothing(console: Console) -> None:
    console.run("add-to-form", *CASE, "--functions-url", FUNCTIONS)
    console.writes()

    outcome = console.run("add-to-form", *CASE, "--functions-url", FUNCTIONS)

    assert outcome.lines == ["done, nothing had to change"]
    assert console.writes() == []


def test_other_parameters_are_told_to_the_widget_that_is_there(
    console: Console, mock: MockDataverse
) -> None:
    client_id = str(uuid4())
    console.run("add-to-form", *CASE, "--functions-url", FUNCTIONS)

    outcome = console.run("add-to-form", *CASE, "--sign-in-client-id", client_id)

    assert "tell the widget on the form 'Case'" in outcome.out
    assert widget_of(shown(mock)) == Parameters(apiBaseUrl=FUNCTIONS, signInClientId=client_id)


def test_a_dry_run_says_the_same_and_writes_nothing(console: Console) -> None:
    foretold = console.run("add-to-form", *CASE, "--functions-url", FUNCTIONS, "--dry-run")
    assert console.writes() == []

    done = console.run("add-to-form", *CASE, "--functions-url", FUNCTIONS)

    assert foretold.lines[-1] == f"would {done.lines[-2]}"


def test_taking_it_off_leaves_the_form_as_it_was(console: Console, mock: MockDataverse) -> None:
    before = shown(mock)
    console.run("add-to-form", *CASE, "--functions-url", FUNCTIONS)

    outcome = console.run("remove-from-form", *CASE)

    assert "take the widget off the form 'Case'" in outcome.lines
    assert same(shown(mock), before)
    assert console.run("remove-from-form", *CASE).lines == ["done, nothing had to change"]


def test_a_dry_run_of_taking_it_off_writes_nothing(console: Console) -> None:
    console.run("add-to-form", *CASE)
    console.writes()

    outcome = console.run("remove-from-form", *CASE, "--dry-run")

    assert outcome.lines[-1] == "would take the widget off the form 'Case'"
    assert console.writes() == []


def test_an_edit_that_nobody_has_published_is_kept_and_told(
    console: Console, mock: MockDataverse, administrator: Api
) -> None:
    edit(administrator, mock)

    outcome = console.run("add-to-form", *CASE)

    assert "note: 'Case' has edits that nobody has published" in outcome.out
    assert 'description="Overview"' in shown(mock)
    assert widget_of(shown(mock)) == Parameters()


def test_edits_that_have_nothing_to_do_with_the_widget_stay_pending(
    console: Console, mock: MockDataverse, administrator: Api
) -> None:
    console.run("add-to-form", *CASE)
    edit(administrator, mock)

    assert console.run("add-to-form", *CASE).lines == ["done, nothing had to change"]
    assert 'description="Overview"' not in shown(mock)


def test_what_was_written_and_not_published_is_published_the_next_time(
    console: Console, mock: MockDataverse
) -> None:
    mock.fail_next(400, matching=lambda request: request.path.endswith("PublishXml"))
    broken = console.run("add-to-form", *CASE)
    assert broken.code == 1
    assert widget_of(shown(mock)) is None

    mended = console.run("add-to-form", *CASE)

    assert "publish the form 'Case'" in mended.lines
    assert widget_of(shown(mock)) == Parameters()


def test_a_managed_form_is_changed_and_that_is_told(console: Console) -> None:
    outcome = console.run("add-to-form", *CASE, "--dry-run")

    assert "note: 'Case' belongs to a managed solution" in outcome.out


def test_a_form_can_be_named_by_its_id(console: Console, mock: MockDataverse) -> None:
    name = f"{{{form_id(mock).upper()}}}"

    assert console.run("add-to-form", "--form", name).code == 0
    assert widget_of(shown(mock)) == Parameters()


def test_an_unknown_form_is_answered_with_those_there_are(
    console: Console, mock: MockDataverse
) -> None:
    outcome = console.run("add-to-form", "--form", "Cases")

    assert outcome.code == 2
    assert "--form: no main form of cases is called 'Cases'; there are:" in outcome.err
    assert f"{form_id(mock, OTHER)}  {OTHER} (managed)" in outcome.err
    assert console.writes() == []


def test_of_several_forms_of_one_name_none_is_taken(console: Console, mock: MockDataverse) -> None:
    twins = [form_id(mock), form_id(mock, OTHER)]
    mock.update_row("systemform", UUID(twins[1]), {"name": "case"})

    outcome = console.run("add-to-form", *CASE)

    assert outcome.code == 2
    assert "2 main forms of cases are called 'Case'; name one by its id:" in outcome.err
    assert all(twin in outcome.err for twin in twins)


def test_without_the_solution_there_is_nothing_to_put_on_a_form(
    console: Console, mock: MockDataverse
) -> None:
    (control,) = [row for row in mock.rows("customcontrol") if row["name"] == CONTROL_NAME]
    mock.delete_row("customcontrol", UUID(str(control["customcontrolid"])))

    outcome = console.run("add-to-form", *CASE)

    assert outcome.code == 1
    assert "the widget is not in this environment; deploy the solution first" in outcome.err
    assert console.writes() == []


def test_an_unknown_tab_is_answered_with_those_there_are(console: Console) -> None:
    outcome = console.run("add-to-form", *CASE, "--tab", "Nowhere")

    assert outcome.code == 2
    assert "--tab: the form has no tab 'Nowhere'; its tabs are: general" in outcome.err
    assert console.writes() == []


def test_a_tab_can_be_named(console: Console, mock: MockDataverse) -> None:
    console.run("add-to-form", *CASE, "--tab", "general")

    assert widget_of(shown(mock)) == Parameters()


@pytest.mark.parametrize("command", ["add-to-form", "remove-from-form"])
def test_where_forms_cannot_be_changed_it_says_so_and_what_to_do(
    console: Console, mock: MockDataverse, command: str
) -> None:
    mock.switches.unmanaged_blocked = True

    outcome = console.run(command, *CASE)

    assert outcome.code == 1
    assert "blocks unmanaged customizations, so no form can be changed here" in outcome.err
    assert "'Case with handling time'" in outcome.err
    assert console.writes() == []


def an_app(mock: MockDataverse, name: str, *shown: str) -> None:
    """Add an app that has cases, and names these forms of them."""
    unique = uuid4()
    mock.add_row("appmodule", {"name": name, "uniquename": name, "appmoduleidunique": unique})
    parts = [(1, metadata_id("incident")), *((60, form_id(mock, form)) for form in shown)]
    for kind, identity in parts:
        part = {"componenttype": kind, "objectid": identity, "appmoduleidunique": unique}
        mock.add_row("appmodulecomponent", part)


def test_without_a_form_those_there_are_are_listed_with_the_apps_that_show_them(
    console: Console, mock: MockDataverse
) -> None:
    multisession = "Case for Multisession experience"
    an_app(mock, "Customer Service workspace", multisession, "Enhanced full case form")
    an_app(mock, "Contact desk", multisession)
    an_app(mock, "Customer Service Hub")

    outcome = console.run("add-to-form")

    assert outcome.code == 0
    assert outcome.lines == [
        "main forms of cases:",
        f"  {form_id(mock)}  Case (managed)",
        "      apps of your own often open it",
        f"  {form_id(mock, OTHER)}  {OTHER} (managed)",
        "      Customer Service Hub opens it by default",
        f"  {form_id(mock, multisession)}  {multisession} (managed)",
        "      named by Contact desk, Customer Service workspace",
        "      Customer Service workspace opens it by default",
        f"  {form_id(mock, 'Enhanced full case form')}  Enhanced full case form (managed)",
        "      named by Customer Service workspace",
        "      Customer Service workspace opens it where enhanced case forms are switched on",
        "apps that name none, and so show each: Customer Service Hub",
        "choose with --form; nothing was changed",
    ]
    assert console.writes() == []


def test_forms_are_listed_where_apps_cannot_be_read(console: Console, mock: MockDataverse) -> None:
    mock.fail_next(403, matching=lambda request: request.path.endswith("appmodulecomponents"))

    outcome = console.run("add-to-form")

    assert outcome.code == 0
    assert "  (which apps show them cannot be read here)" in outcome.lines
    assert f"  {form_id(mock)}  Case (managed)" in outcome.lines
