from uuid import UUID

import pytest

from solution.tools.environment.examination.examine import examination
from solution.tools.environment.examination.forms import form_findings
from solution.tools.environment.form_xml import Parameters, with_widget
from solution.tools.environment.reporter import Level
from tests.mock_dataverse.app import MockDataverse
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.findings import not_well, only, rows_of
from tests.unit.solution.environment.targets import FUNCTIONS

ONLY_OWN = "everybody sees only their own time."
FULL = Parameters(apiBaseUrl=FUNCTIONS, signInClientId="b", signInScope="c/d")


def publish_on_case_form(mock: MockDataverse, parameters: Parameters) -> None:
    """Let people see the widget on a form; what an editor shows stays without it."""
    (form,) = rows_of(mock, "systemform", name="Case")
    changed = {"formxml": with_widget(form["formxml"], parameters)}
    mock.update_row("systemform", UUID(form["formid"]), changed)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(FULL, [], id="all"),
        pytest.param(
            Parameters(),
            [("warning", "The form 'Case' has the widget, which does not know the functions.")],
            id="nothing",
        ),
        pytest.param(
            Parameters(apiBaseUrl="https://old.example/api"),
            [("problem", "The form 'Case' sends its time to https://old.example/api.")],
            id="another address",
        ),
        pytest.param(
            Parameters(apiBaseUrl=FUNCTIONS),
            [("warning", "The form 'Case' has the widget, which cannot sign in: " + ONLY_OWN)],
            id="no sign-in",
        ),
    ],
)
def test_forms_are_judged_by_what_they_tell_the_widget(
    mock: MockDataverse, desk: Desk, told: Parameters, expected: list[tuple[str, str]]
) -> None:
    publish_on_case_form(mock, told)

    found = not_well(form_findings(desk.session.dataverse, FUNCTIONS))

    assert [each for each in found if "not published" not in each[1]] == expected


def test_an_edit_of_the_widget_that_nobody_sees_is_told(mock: MockDataverse, desk: Desk) -> None:
    publish_on_case_form(mock, FULL)

    assert not_well(form_findings(desk.session.dataverse, FUNCTIONS)) == [
        ("warning", "The form 'Case' has an edit of the widget that is not published.")
    ]


def test_without_the_widget_on_any_form_nothing_is_tracked(desk: Desk) -> None:
    assert not_well(form_findings(desk.session.dataverse, FUNCTIONS)) == [
        ("problem", "No active case form carries the widget.")
    ]


def remedies(desk: Desk) -> list[str]:
    findings = form_findings(desk.session.dataverse, FUNCTIONS)
    return [finding.remedy for finding in findings if "add-to-form" in finding.remedy]


def test_the_way_out_names_the_form_that_is_meant(mock: MockDataverse, desk: Desk) -> None:
    publish_on_case_form(mock, Parameters())

    assert remedies(desk) == ["Run `add-to-form --form Case --functions-url URL`."]


def test_the_way_out_names_a_form_that_is_there(desk: Desk) -> None:
    assert remedies(desk) == ["Run `add-to-form --form 'Case for Multisession experience'`."]


def test_of_forms_with_one_name_the_way_out_tells_the_id(mock: MockDataverse, desk: Desk) -> None:
    publish_on_case_form(mock, Parameters())
    (form,) = rows_of(mock, "systemform", name="Case")
    (another, *_) = (row for row in rows_of(mock, "systemform") if row["name"] != "Case")
    mock.update_row(
        "systemform", UUID(another["formid"]), {"name": "case", "formactivationstate": 0}
    )

    assert remedies(desk) == [f"Run `add-to-form --form {form['formid']} --functions-url URL`."]


def test_where_no_form_can_be_shown_one_has_to_be_activated(
    mock: MockDataverse, desk: Desk
) -> None:
    for form in rows_of(mock, "systemform"):
        mock.update_row("systemform", UUID(form["formid"]), {"formactivationstate": 0})

    assert remedies(desk) == [
        "Activate a main form of cases; `add-to-form` lists them and puts the widget on one."
    ]


def test_a_form_that_nobody_is_shown_does_not_count(mock: MockDataverse, desk: Desk) -> None:
    publish_on_case_form(mock, FULL)
    (form,) = rows_of(mock, "systemform", name="Case")
    mock.update_row("systemform", UUID(form["formid"]), {"formactivationstate": 0})

    assert not_well(form_findings(desk.session.dataverse, FUNCTIONS)) == [
        ("problem", "No active case form carries the widget.")
    ]


def test_where_nothing_is_installed_there_is_one_finding(mock: MockDataverse, desk: Desk) -> None:
    (row,) = rows_of(mock, "solution", uniquename="CaseHandlingTime")
    mock.delete_row("solution", UUID(row["solutionid"]))

    finding = only(examination(desk.session, None))

    assert finding.level is Level.PROBLEM
    assert finding.what == "CaseHandlingTime is not installed."
    assert finding.remedy == "Run `deploy`."


def test_what_may_not_be_looked_at_is_a_warning_and_the_rest_is_looked_at(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.fail_next(403, matching=lambda each: "roles" in each.path, times=1)

    found = not_well(examination(desk.session, None))

    assert ("warning", "You may not look at roles.") in found
    assert any("widget" in what for _, what in found)
