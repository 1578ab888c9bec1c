import pytest

from solution.tools.environment.deployment.importing import bring_in, failures, refusals
from solution.tools.environment.errors import Stopped
from solution.tools.environment.package import package_at
from tests.mock_dataverse.app import MockDataverse
from tests.unit.solution.environment.conftest import Desk

MISSING = {
    "RequiredComponentType": "Entity",
    "RequiredComponentSchemaName": "incident",
    "DependentComponentSchemaName": "cht_timelog",
}


@pytest.mark.parametrize(
    ("staged", "expected"),
    [
        pytest.param({"StageSolutionStatus": "Passed"}, [], id="nothing is wrong"),
        pytest.param(
            {
                "StageSolutionStatus": "Passed",
                "SolutionValidationResults": [{"Message": "a hint"}],
                "MissingDependencies": None,
            },
            [],
            id="a hint stops nobody",
        ),
        pytest.param(
            {
                "StageSolutionStatus": "Failed",
                "SolutionValidationResults": [{"Message": "The publisher differs."}],
            },
            ["The publisher differs."],
            id="validation",
        ),
        pytest.param(
            {"StageSolutionStatus": "Passed", "MissingDependencies": [MISSING]},
            ["Entity incident is missing, which cht_timelog needs"],
            id="a missing dependency",
        ),
        pytest.param({"StageSolutionStatus": "Failed"}, ["it does not say why"], id="silence"),
        pytest.param(
            {"StageSolutionStatus": "Failed", "MissingDependencies": [MISSING] * 30},
            ["Entity incident is missing, which cht_timelog needs"] * 10,
            id="no end",
        ),
    ],
)
def test_why_a_solution_would_not_be_imported(
    staged: dict[str, object], expected: list[str]
) -> None:
    assert refusals(staged) == expected


LOG = """
<importexportxml><entities><entity id="cht_TimeLog"><result result="failure" errorcode="0x1"
errortext="The column is taken." /></entity><entity><result result="success" errortext="" />
</entity></entities><roles><role><result result="failure" errortext="The column is taken." />
</role></roles></importexportxml>
"""


@pytest.mark.parametrize(
    ("log", "expected"),
    [(LOG, ["The column is taken."]), ("", []), (None, []), ("<cut off", [])],
    ids=["each reason once", "empty", "none", "damaged"],
)
def test_why_single_components_failed(log: str | None, expected: list[str]) -> None:
    assert failures(log) == expected


def test_an_import_without_end_is_given_up(mock: MockDataverse, desk: Desk) -> None:
    mock.switches.import_looks = 1_000_000

    with pytest.raises(Stopped, match="has not ended after 60 minutes"):
        bring_in(desk.session, package_at(None))
    assert sum(desk.waits) == 3600
