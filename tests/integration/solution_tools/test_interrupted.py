"""A deployment that is killed, wherever that is, is finished by the next one."""

from pathlib import Path
from typing import Any

import pytest

from tests.contract.ticking import Clock
from tests.integration.solution_tools.console import Console, only_asks
from tests.integration.solution_tools.deployer import (
    APPLICATION,
    SIGN_IN,
    Deployer,
)
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import RecordedRequest
from tests.mock_dataverse.server import serve

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

COMPARED = (
    "solution",
    "role",
    "settingdefinition",
    "systemform",
    "savedquery",
    "savedqueryvisualization",
    "webresource",
    "customcontrol",
    "serviceendpoint",
    "sdkmessageprocessingstep",
    "sdkmessageprocessingstepimage",
    "incident",
    "contact",
)
OF_THE_MOMENT = (
    "createdon",
    "modifiedon",
    "versionnumber",
    "_createdby_value",
    "_modifiedby_value",
)


def state(mock: MockDataverse) -> dict[str, Any]:
    """Return what a deployment is about, without when and by whom it was written."""
    user = [row for row in mock.rows("systemuser") if row["applicationid"] == str(APPLICATION)]
    ids = {row["systemuserid"] for row in user}
    held = [row["roleid"] for row in mock.rows("systemuserroles") if row["systemuserid"] in ids]
    tables = {table: sorted(map(lasting, mock.rows(table))) for table in COMPARED}
    roles = mock.env.store.sql(mock.env.schema.table("role"))
    given = [row["privileges"] for row in mock.env.store.select(roles.select())]
    return tables | {
        "published controls": set(mock.env.published_controls),
        "privileges": given,
        "users": [row["isdisabled"] for row in user],
        "held": held,
    }


def lasting(row: dict[str, object]) -> str:
    kept = {name: value for name, value in row.items() if name not in OF_THE_MOMENT}
    return repr({name: value for name, value in sorted(kept.items()) if "@" not in name})


def kill_at(mock: MockDataverse, call: int) -> None:
    """Let the work of one call be done, and its answer and everything after it be lost."""
    mock.fail_call(call, when="after", drop=True)
    mock.faults.add(0, skip=call + 1, times=100_000, drop=True)


def moments(requests: list[RecordedRequest]) -> list[int]:
    """Return the calls after which a kill leaves something new: writes, and looks at a job.

    A kill after a question is one after the write before it.
    """
    return [
        number
        for number, request in enumerate(requests)
        if not only_asks(request) or looks_at_a_job(request)
    ]


def looks_at_a_job(request: RecordedRequest) -> bool:
    first = request.parts[0][1] if request.parts else ""
    return "asyncoperations" in first or "EntityDefinitions" in first


def an_environment(clock: Clock) -> MockDataverse:
    mock = MockDataverse(clock=clock, installed=False)
    mock.switches.new_parts_are_published = False  # so that a lost publication shows
    mock.switches.controls_are_publishable = True
    mock.switches.settling_looks = 1
    return mock


def test_wherever_it_is_killed_the_next_run_ends_in_the_same_state(
    clock: Clock, capsys: pytest.CaptureFixture[str], package: Path
) -> None:
    undisturbed = an_environment(clock)
    with serve(undisturbed) as served:
        Deployer(Console(served.url, undisturbed, capsys), package)(*SIGN_IN)
    expected, calls = state(undisturbed), moments(undisturbed.requests)
    undisturbed.close()
    assert len(calls) >= 10

    for call in calls:
        mock = an_environment(clock)
        with serve(mock) as served:
            deploy = Deployer(Console(served.url, mock, capsys), package)
            kill_at(mock, call)
            assert deploy(*SIGN_IN).code == 1
            mock.faults.clear()

            assert deploy(*SIGN_IN).code == 0
            assert state(mock) == expected, f"killed after call {call}"
        mock.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param((), ("--activity-webhooks",), id="registered"),
        pytest.param(("--activity-webhooks",), (), id="taken away"),
    ],
)
@pytest.mark.parametrize("call", [0, 1, -1])
def test_steps_of_activities_are_finished_too(
    clock: Clock,
    capsys: pytest.CaptureFixture[str],
    package: Path,
    before: tuple[str, ...],
    after: tuple[str, ...],
    call: int,
) -> None:
    """Of steps with an image and without; the first, the second and the last write are cut off."""
    undisturbed, mock = an_environment(clock), an_environment(clock)
    with serve(undisturbed) as first, serve(mock) as second:
        expecting = Deployer(Console(first.url, undisturbed, capsys), package)
        deploy = Deployer(Console(second.url, mock, capsys), package)
        for deployer in (expecting, deploy):
            deployer(*SIGN_IN, *before)
        undisturbed.clear_requests()
        expecting(*SIGN_IN, *after)
        kill_at(mock, moments(undisturbed.requests)[call])
        assert deploy(*SIGN_IN, *after).code == 1
        mock.faults.clear()

        assert deploy(*SIGN_IN, *after).code == 0
        assert state(mock) == state(undisturbed)
    undisturbed.close()
    mock.close()
