import json
from typing import Any
from uuid import UUID

import pytest

from solution.model.webhooks import ENDPOINT_ID
from solution.tools.environment.deployment.endpoint import endpoint_plan
from solution.tools.environment.errors import BadOption
from solution.tools.environment.plans import Plan, work_through
from tests.mock_dataverse.app import MockDataverse
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.targets import KEY, ORDINARY, RECEIVER, a_target


def endpoint(desk: Desk, *, after_import: bool = False, **more: Any) -> Plan:  # noqa: ANN401 - of the target
    return endpoint_plan(desk.session, a_target(**more), ORDINARY, after_import=after_import)


@pytest.fixture(autouse=True)
def _address(mock: MockDataverse) -> None:
    """Let the endpoint have another address than it should, and no key yet."""
    bare = {"url": "https://old.example/api/webhooks/dataverse", "authvalue": None}
    mock.update_row("serviceendpoint", ENDPOINT_ID, bare)


def done(desk: Desk, plan: Plan) -> list[str]:
    work_through(desk.session.report, plan)
    return [change.text for change in plan.changes]


def test_an_endpoint_without_a_key_gets_address_and_key_in_one_request(
    mock: MockDataverse, desk: Desk
) -> None:
    texts = done(desk, endpoint(desk))

    assert texts == [
        f"point the webhook endpoint to {RECEIVER}, set the key of the webhook endpoint"
    ]
    (sent,) = [json.loads(request.body) for request in mock.requests if request.method == "PATCH"]
    assert sent == {"url": RECEIVER, "authvalue": KEY}
    assert endpoint(desk) == Plan()


def test_an_endpoint_that_is_not_there_is_created_by_its_id(
    mock: MockDataverse, desk: Desk
) -> None:
    for step in mock.rows("sdkmessageprocessingstep"):
        mock.delete_row("sdkmessageprocessingstep", UUID(str(step["sdkmessageprocessingstepid"])))
    mock.delete_row("serviceendpoint", ENDPOINT_ID)

    texts = done(desk, endpoint(desk))

    assert texts == [
        f"create the webhook endpoint for {RECEIVER}, set the key of the webhook endpoint"
    ]
    assert [row["serviceendpointid"] for row in mock.rows("serviceendpoint")] == [str(ENDPOINT_ID)]


def test_a_new_address_gets_the_key_anew(desk: Desk) -> None:
    done(desk, endpoint(desk))

    (text,) = done(desk, endpoint(desk, functions_url="https://new.example/api"))

    assert text.startswith("point the webhook endpoint to https://new.example/api/")
    assert text.endswith("set the key of the webhook endpoint")


def test_a_key_is_renewed_when_that_is_asked_for(desk: Desk) -> None:
    done(desk, endpoint(desk))

    assert done(desk, endpoint(desk, renews_key=True)) == ["set the key of the webhook endpoint"]


def test_a_key_is_set_again_after_an_import(desk: Desk) -> None:
    done(desk, endpoint(desk))

    assert done(desk, endpoint(desk, after_import=True)) == ["set the key of the webhook endpoint"]


def test_an_endpoint_somebody_has_bent_is_corrected_and_keeps_its_key(
    mock: MockDataverse, desk: Desk
) -> None:
    done(desk, endpoint(desk))
    mock.update_row("serviceendpoint", ENDPOINT_ID, {"authtype": 5})

    assert done(desk, endpoint(desk, webhook_key=None)) == [
        "correct the webhook endpoint: authtype"
    ]


@pytest.mark.parametrize(
    "more",
    [{}, {"renews_key": True}, {"after_import": True}],
    ids=["there is none", "renewed", "imported"],
)
def test_a_key_that_is_needed_and_not_said_names_the_variable(
    desk: Desk, more: dict[str, bool]
) -> None:
    with pytest.raises(BadOption, match="CHT_WEBHOOK_KEY"):
        endpoint(desk, webhook_key=None, **more)


def test_no_plan_shows_the_key(desk: Desk) -> None:
    assert KEY not in repr(endpoint(desk)) + repr(a_target())
