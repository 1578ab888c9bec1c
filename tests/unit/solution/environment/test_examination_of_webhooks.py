from uuid import UUID

import pytest

from solution.model.webhooks import ACTIVITY_STEPS, ENDPOINT_ID, STEPS, Message, Step
from solution.tools.environment.deployment.endpoint import endpoint_plan
from solution.tools.environment.examination.webhooks import endpoint_findings, step_findings
from solution.tools.environment.plans import work_through
from solution.tools.environment.reporter import Level
from tests.mock_dataverse.app import MockDataverse
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.findings import not_well, only, rows_of
from tests.unit.solution.environment.targets import FUNCTIONS, ORDINARY, a_target


def connected(desk: Desk) -> None:
    work_through(
        desk.session.report, endpoint_plan(desk.session, a_target(), ORDINARY, after_import=False)
    )


def test_an_endpoint_with_address_and_key_is_well(desk: Desk) -> None:
    connected(desk)

    finding = only(endpoint_findings(desk.session.dataverse, FUNCTIONS))
    assert finding.level is Level.OK
    assert finding.what.endswith(
        "and has a key (which one cannot be read; `deploy --renew-key` sets it anew)."
    )
    assert not_well(endpoint_findings(desk.session.dataverse, None)) == []


def test_an_endpoint_of_another_app_without_a_key_is_two_problems(
    mock: MockDataverse, desk: Desk
) -> None:
    there = {"url": "https://old.example/api/webhooks/dataverse", "authvalue": None}
    mock.update_row("serviceendpoint", ENDPOINT_ID, there)

    assert not_well(endpoint_findings(desk.session.dataverse, FUNCTIONS)) == [
        ("problem", "The webhook endpoint points to https://old.example/api/webhooks/dataverse."),
        ("problem", "The webhook endpoint has no key: the functions refuse it."),
    ]


@pytest.mark.parametrize("change", [{"authtype": 5}, {"messageformat": 1}], ids=str)
def test_an_endpoint_that_was_bent_is_a_problem(
    mock: MockDataverse, desk: Desk, change: dict[str, int]
) -> None:
    connected(desk)
    mock.update_row("serviceendpoint", ENDPOINT_ID, change)

    assert not_well(endpoint_findings(desk.session.dataverse, FUNCTIONS)) == [
        ("problem", f"The webhook endpoint has another {next(iter(change))}.")
    ]


def without_steps(mock: MockDataverse) -> None:
    for step in STEPS:
        mock.delete_row("sdkmessageprocessingstep", step.id)


def test_a_missing_endpoint_is_one_problem(mock: MockDataverse, desk: Desk) -> None:
    without_steps(mock)
    mock.delete_row("serviceendpoint", ENDPOINT_ID)

    ((level, _),) = not_well(endpoint_findings(desk.session.dataverse, FUNCTIONS))
    assert level == "problem"
    assert list(step_findings(desk.session.dataverse)) == []


def test_a_missing_endpoint_is_a_warning_where_it_may_be_blocked(
    mock: MockDataverse, desk: Desk
) -> None:
    without_steps(mock)
    mock.delete_row("serviceendpoint", ENDPOINT_ID)
    mock.switches.unmanaged_blocked = True

    ((level, what),) = not_well(endpoint_findings(desk.session.dataverse, FUNCTIONS))

    assert level == "warning"
    assert "resolutions get their snapshots in the night" in what


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"statecode": 1, "statuscode": 2}, "The webhook step for Update of incident is disabled."),
        ({"rank": 2}, "The webhook step for Update of incident has another rank."),
    ],
)
def test_a_step_that_was_changed_is_a_problem(
    mock: MockDataverse, desk: Desk, change: dict[str, int], said: str
) -> None:
    mock.update_row("sdkmessageprocessingstep", STEPS[0].id, change)

    assert not_well(step_findings(desk.session.dataverse)) == [("problem", said)]


def test_a_step_that_does_not_tell_what_was_is_a_problem(mock: MockDataverse, desk: Desk) -> None:
    moved = Step(table="task", message=Message.UPDATE)
    mock.delete_row("sdkmessageprocessingstepimage", moved.image_id)

    assert not_well(step_findings(desk.session.dataverse)) == [
        ("problem", "The webhook step for Update of task does not tell what was before.")
    ]


def test_steps_are_well_or_each_is_told(mock: MockDataverse, desk: Desk) -> None:
    mock.switches.steps_on_setting_tables = True
    assert only(step_findings(desk.session.dataverse)).what == (
        f"All {len(STEPS)} webhook steps that are wanted here are registered and enabled."
    )

    without_steps(mock)

    wanted = set(STEPS) - set(ACTIVITY_STEPS)
    levels = [level for level, _ in not_well(step_findings(desk.session.dataverse))]
    assert len(levels) == len(wanted)
    assert levels.count("problem") == sum(step.is_required for step in wanted)


def test_activities_that_are_not_told_of_are_well_and_said(mock: MockDataverse, desk: Desk) -> None:
    for step in ACTIVITY_STEPS:
        mock.delete_row("sdkmessageprocessingstep", step.id)

    findings = list(step_findings(desk.session.dataverse))

    assert not_well(findings) == []
    assert [finding.what for finding in findings if "activities" in finding.what] == [
        (
            "Webhooks of activities are off: new and changed activities are found within 15"
            " minutes; activities that were deleted, or moved away from a case, are found within 15"
            " minutes if the total of that case was written within a day, and in the night if"
            " within seven days."
        )
    ]


def test_activities_of_which_only_some_are_told_are_a_warning(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.delete_row("sdkmessageprocessingstep", ACTIVITY_STEPS[0].id)

    (finding,) = not_well(step_findings(desk.session.dataverse))

    assert finding == (
        "warning",
        (
            "The webhook step for Create of task is missing:"
            " new and changed activities are found within 15 minutes."
        ),
    )


def test_setting_tables_that_take_no_steps_are_well_and_said(desk: Desk) -> None:
    findings = list(step_findings(desk.session.dataverse))

    assert not_well(findings) == []
    assert "no Create, Update, Delete of appsetting to webhooks; settings are read again" in str(
        findings
    )


def test_messages_of_cases_that_are_not_offered_are_a_problem_but_for_the_recycle_bins(
    mock: MockDataverse, desk: Desk
) -> None:
    for row in rows_of(mock, "sdkmessagefilter", primaryobjecttypecode="incident"):
        mock.delete_row("sdkmessagefilter", UUID(row["sdkmessagefilterid"]))

    findings = list(step_findings(desk.session.dataverse))

    ((level, said),) = not_well(findings)
    assert level == "problem"
    assert said.startswith("This environment offers no Update, Close, Merge, Delete of incident")
    assert any(
        finding.what.startswith("This environment offers no Restore") for finding in findings
    )


def test_a_missing_step_of_cases_is_a_warning_where_it_may_be_refused(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.delete_row("sdkmessageprocessingstep", STEPS[0].id)
    mock.switches.unmanaged_blocked = True

    assert not_well(step_findings(desk.session.dataverse)) == [
        (
            "warning",
            (
                "The webhook step for Update of incident is missing:"
                " changes of cases are found within 15 minutes."
            ),
        )
    ]
