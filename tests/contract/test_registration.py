"""Webhooks as rows: an endpoint, its secret, and the steps that say what it hears of."""

from uuid import uuid4

import pytest

from solution.model.webhooks import ENDPOINT_ID, STEPS
from tests.contract.api import Api, Json
from tests.mock_dataverse.app import MockDataverse

WEBHOOK: Json = {
    "name": "Listener",
    "url": "https://functions.example/api/webhooks/dataverse",
    "contract": 8,
    "authtype": 4,
    "messageformat": 2,
    "connectionmode": 1,
}
ENDPOINT = uuid4()


def message_id(api: Api, name: str) -> str:
    (row,) = api.values(f"sdkmessages?$select=sdkmessageid&$filter=name eq '{name}'")
    return str(row["sdkmessageid"])


def filters(api: Api, message: str, table: str) -> list[str]:
    rows = api.values(
        "sdkmessagefilters?$select=sdkmessagefilterid"
        f"&$filter=primaryobjecttypecode eq '{table}'"
        f" and _sdkmessageid_value eq {message_id(api, message)}"
    )
    return [row["sdkmessagefilterid"] for row in rows]


def step(api: Api, message: str = "Update", table: str = "incident", **more: object) -> Json:
    (heard,) = filters(api, message, table)
    return {
        "name": f"{message} of {table}",
        "mode": 1,
        "stage": 40,
        "rank": 1,
        "sdkmessageid@odata.bind": f"/sdkmessages({message_id(api, message)})",
        "sdkmessagefilterid@odata.bind": f"/sdkmessagefilters({heard})",
        "eventhandler_serviceendpoint@odata.bind": f"/serviceendpoints({ENDPOINT})",
        **more,
    }


@pytest.fixture
def listening(administrator: Api) -> Api:
    """The administrator, after an endpoint was registered."""
    administrator.patch(f"serviceendpoints({ENDPOINT})", WEBHOOK)
    return administrator


def test_an_endpoint_is_made_by_its_id(administrator: Api) -> None:
    answer = administrator.patch(f"serviceendpoints({ENDPOINT})", WEBHOOK)

    assert answer.status_code == 204
    row = administrator.get(f"serviceendpoints({ENDPOINT})").json()
    assert {name: row[name] for name in WEBHOOK} == WEBHOOK


def test_a_secret_is_written_and_never_read(listening: Api) -> None:
    before = listening.get(f"serviceendpoints({ENDPOINT})").json()
    listening.patch(f"serviceendpoints({ENDPOINT})", {"authvalue": "s3cret"})
    after = listening.get(f"serviceendpoints({ENDPOINT})")

    assert (before["isauthvalueset"], after.json()["isauthvalueset"]) == (False, True)
    assert "s3cret" not in after.text
    assert listening.get(f"serviceendpoints({ENDPOINT})?$select=authvalue").status_code == 400


def test_a_step_is_made_and_changed_by_its_id(listening: Api) -> None:
    address = f"sdkmessageprocessingsteps({uuid4()})"
    made = listening.patch(address, step(listening, filteringattributes="statecode"))
    changed = listening.patch(address, step(listening, filteringattributes="statecode,title"))

    assert (made.status_code, changed.status_code) == (204, 204)
    row = listening.get(address).json()
    assert row["filteringattributes"] == "statecode,title"
    assert row["_eventhandler_value"] == str(ENDPOINT)


def test_a_step_is_switched_off_and_on(listening: Api) -> None:
    address = f"sdkmessageprocessingsteps({uuid4()})"
    listening.patch(address, step(listening))
    states = []

    for state, status in ((1, 2), (0, 1)):
        listening.patch(address, {"statecode": state, "statuscode": status})
        states.append(listening.get(address).json()["statecode"])

    assert states == [1, 0]


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param({"stage": 20}, id="asynchronous before the operation"),
        pytest.param({"stage": 30}, id="no stage"),
        pytest.param({"sdkmessageid@odata.bind": "other"}, id="filter of another message"),
    ],
)
def test_a_step_that_could_not_run_is_refused(listening: Api, spoilt: Json) -> None:
    if "sdkmessageid@odata.bind" in spoilt:
        other = message_id(listening, "Create")
        spoilt = {"sdkmessageid@odata.bind": f"/sdkmessages({other})"}
    body = step(listening) | spoilt

    assert listening.post("sdkmessageprocessingsteps", body).status_code == 400


def test_only_updates_are_filtered_by_columns(listening: Api) -> None:
    body = step(listening, "Delete", filteringattributes="statecode")

    assert listening.post("sdkmessageprocessingsteps", body).status_code == 400


def test_a_table_has_filters_for_its_messages(administrator: Api) -> None:
    assert len(filters(administrator, "Close", "incident")) == 1
    assert filters(administrator, "Close", "task") == []


def test_people_without_the_right_register_nothing(api: Api) -> None:
    assert api.patch(f"serviceendpoints({ENDPOINT})", WEBHOOK).status_code == 403
    assert api.get(f"serviceendpoints({ENDPOINT_ID})").status_code == 403


@pytest.mark.parametrize("allowed", [False, True])
def test_a_table_that_takes_no_steps_says_so_and_refuses_them(
    listening: Api, mock: MockDataverse, *, allowed: bool
) -> None:
    mock.switches.steps_on_setting_tables = allowed
    asked = "sdkmessagefilters?$filter=primaryobjecttypecode eq 'appsetting'"

    rows = listening.values(asked + " and iscustomprocessingstepallowed eq true")
    answer = listening.post("sdkmessageprocessingsteps", step(listening, "Update", "appsetting"))

    assert len(rows) == (3 if allowed else 0)
    assert answer.status_code == (204 if allowed else 400)


def test_a_deployed_environment_has_our_endpoint_and_steps(administrator: Api) -> None:
    rows = administrator.values(
        "sdkmessageprocessingsteps?$select=name,statecode"
        f"&$filter=_eventhandler_value eq {ENDPOINT_ID}"
    )

    assert {row["name"] for row in rows} == {step.name for step in STEPS}
    assert administrator.get(f"serviceendpoints({ENDPOINT_ID})").status_code == 200
