"""Who may call, and what those learn who may not."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest

from solution.model.roles import Access, Depth, Role
from tests.api.harness import (
    FUNCTIONS,
    ISSUER,
    SIGNING_KEY,
    Api,
    Clock,
    Reply,
    a_log,
    reported,
    stored,
)
from tests.local_stack.tokens import AUDIENCE, TENANT, SigningKey
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

SENT = "2026-03-10T12:10:00Z"
LOG = UUID(int=5, version=4)
BODIES: dict[tuple[str, str], dict[str, object]] = {
    ("POST", "cases/{caseId}/focus"): {"event": "gained", "sentAt": SENT, "surface": "hub"},
    ("POST", "cases/{caseId}/refresh"): {"sentAt": SENT, "surface": "hub"},
    ("POST", "segments"): {"sentAt": SENT},
    ("PUT", "cases/{caseId}/automatic-time"): {"durationSeconds": 60, "reason": "Mistake"},
    ("POST", "cases/{caseId}/time-logs"): {"minutes": 5, "category": 0},
    ("PATCH", "cases/{caseId}/time-logs/{logId}"): {"minutes": 6},
}
OPEN = {"health", "openapi.json", "webhooks/dataverse", "self-check"}
"""What asks for no token; the last two ask for a key."""
ROUTES = [
    *BODIES,
    ("GET", "cases/{caseId}/history"),
    ("GET", "cases/{caseId}/representatives"),
    ("GET", "settings"),
    ("DELETE", "cases/{caseId}/time-logs/{logId}"),
    ("POST", "cases/{caseId}/time-logs/{logId}/restore"),
]
OF_CASES = [each for each in ROUTES if "{caseId}" in each[1]]


def _call(api: Api, route: tuple[str, str], case: UUID, **who: Any) -> Reply:  # noqa: ANN401
    method, template = route
    path = template.replace("{caseId}", str(case)).replace("{logId}", str(LOG))
    body = BODIES.get(route)
    if body and "sentAt" in body:
        body = body | {"segments": [reported(case, 0, 60)]}
    return api.call(method, path, body, **who)


def _token(key: SigningKey = SIGNING_KEY, **changed: object) -> dict[str, str]:
    now = datetime.now(UTC)
    claims: dict[str, object] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "tid": TENANT,
        "iat": now,
        "exp": now + timedelta(hours=1),
        "oid": str(uuid4()),
        "scp": "access_as_user",
    } | changed
    token = jwt.encode(claims, key.private, "RS256", headers={"kid": SIGNING_KEY.id})
    return {"Authorization": f"Bearer {token}"}


NO_SIGN_INS = {
    "no header": {},
    "another scheme": {"Authorization": "Basic YTpi"},
    "no token": {"Authorization": "Bearer "},
    "no JWT": {"Authorization": "Bearer a.b.c"},
    "not ASCII": {"Authorization": "Bearer \u00e9\u00e9"},
    "another key": _token(SigningKey()),
    "another issuer": _token(iss="https://elsewhere.test"),
    "another audience": _token(aud="api://elsewhere"),
    "another tenant": _token(tid=str(uuid4())),
    "expired": _token(exp=datetime.now(UTC) - timedelta(hours=1)),
    "not yet": _token(nbf=datetime.now(UTC) + timedelta(hours=1)),
    "nobody": _token(oid="nobody"),
    "unsigned": {
        "Authorization": "Bearer " + jwt.encode({"aud": AUDIENCE, "oid": "x"}, "", "none")
    },
}


def test_every_route_is_open_or_tested_here(api: Api) -> None:
    assert {route for route in api.routes if route[1] not in OPEN} == set(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_without_a_token_nothing_is_told(
    api: Api, mock: MockDataverse, case: UUID, route: tuple[str, str]
) -> None:
    reply = _call(api, route, case)

    assert (reply.status, reply.body["type"]) == (401, "urn:cht:problem:not-signed-in")
    assert reply.headers["WWW-Authenticate"] == "Bearer"
    assert mock.requests == []


@pytest.mark.parametrize("headers", NO_SIGN_INS.values(), ids=NO_SIGN_INS)
def test_a_token_that_is_not_for_us_is_none(
    api: Api, mock: MockDataverse, case: UUID, headers: dict[str, str]
) -> None:
    reply = _call(api, ("GET", "cases/{caseId}/history"), case, headers=headers)

    assert reply.status == 401
    assert (headers.get("Authorization", "").partition(" ")[2] or "no token") not in reply.text
    assert mock.requests == []


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_a_token_with_another_scope_may_nothing(
    api: Api, mock: MockDataverse, case: UUID, route: tuple[str, str]
) -> None:
    for scope in ("", "read", "access_as_user_2", "user access"):
        reply = _call(api, route, case, headers=_token(scp=scope))

        assert (reply.status, reply.body["type"]) == (403, "urn:cht:problem:missing-scope")
    assert mock.requests == []


@pytest.mark.parametrize("kind", ["unknown", "disabled"])
@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_who_is_no_user_of_the_environment_may_nothing(
    api: Api, mock: MockDataverse, case: UUID, route: tuple[str, str], kind: str
) -> None:
    someone = User(uuid4(), uuid4(), "Nobody (test)")
    if kind == "disabled":
        someone = mock.add_user("Gone (test)", disabled=True)
    before = stored(mock)

    reply = _call(api, route, case, user=someone)

    assert (reply.status, reply.body["type"]) == (403, "urn:cht:problem:not-a-representative")
    assert stored(mock) == before


@pytest.mark.parametrize("route", [each for each in ROUTES if each[1] != "settings"], ids=" ".join)
def test_who_has_no_role_may_nothing_but_see_the_settings(
    api: Api, mock: MockDataverse, case: UUID, route: tuple[str, str]
) -> None:
    someone = mock.add_user("Idle (test)", roles=())

    reply = _call(api, route, case, user=someone)

    assert (reply.status, reply.body["type"]) == (403, "urn:cht:problem:not-a-representative")


@pytest.fixture
def outsider(mock: MockDataverse) -> User:
    """Somebody who tracks time, and reads none but her own cases."""
    tables = ("incident", "activitypointer")
    own = {(table, access): Depth.USER for table in tables for access in Access}
    mock.add_role(Role(name="Own cases", description="Reads her own cases.", privileges=own))
    return mock.add_user("Olga (test)", roles=("Case Time Representative", "Own cases"))


@pytest.mark.parametrize("route", OF_CASES, ids=" ".join)
def test_a_case_that_she_may_not_read_is_one_that_does_not_exist(
    api: Api,
    mock: MockDataverse,
    case: UUID,
    outsider: User,
    *,
    route: tuple[str, str],
) -> None:
    mock.add_row("cht_timelog", a_log(case, outsider, cht_timelogid=LOG))
    before, nowhere = stored(mock), uuid4()

    hidden = _call(api, route, case, user=outsider)
    missing = _call(api, route, nowhere, user=outsider)

    assert (hidden.status, hidden.body["type"]) == (404, "urn:cht:problem:case-not-found")
    assert hidden.text == missing.text.replace(str(nowhere), str(case))
    assert hidden.headers == missing.headers
    assert stored(mock) == before


def test_who_may_read_no_cases_at_all_finds_none(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID
) -> None:
    blind = Role(name="Blind", description="Tracks time, reads no case.", privileges={})
    mock.add_role(blind)
    someone = mock.add_user("Nora (test)", roles=("Case Time Representative", "Blind"))
    clock.advance(minutes=10)

    assert _call(api, ("GET", "cases/{caseId}/history"), case, user=someone).status == 404
    assert api.deliver(reported(case, 0, 60), user=someone).receipts.popitem()[1] == (
        "case_not_found"
    )


def test_segments_of_hidden_cases_are_refused_and_the_others_count(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, outsider: User
) -> None:
    own = mock.add_row("incident", {"title": "Her own", "ownerid": outsider.systemuserid})
    clock.advance(minutes=10)
    places = {"a": own, "b": case, "c": own, "d": uuid4()}
    segments = {
        name: reported(place, 60 * number, 60 * number + 60)
        for number, (name, place) in enumerate(places.items())
    }

    for reply in (
        api.deliver(*segments.values(), user=outsider),
        api.refresh(own, *segments.values(), user=outsider),
    ):
        fates = {name: reply.receipts[segment["id"]] for name, segment in segments.items()}

        assert fates["b"] == fates["d"] == "case_not_found"
        assert {fates["a"], fates["c"]} <= {"accepted", "duplicate"}
    assert [row["_cht_caseid_value"] for row in mock.rows("cht_focussegment")] == [str(own)] * 2
    assert [row["cht_trackedseconds"] for row in mock.rows("cht_automatictime")] == [120]


@pytest.fixture
def supervisor(mock: MockDataverse) -> User:
    roles = ("Case Time Supervisor", "Customer Service Representative")
    return mock.add_user("Sue (test)", roles=roles)


def test_a_supervisor_reads_everything(
    api: Api, clock: Clock, case: UUID, amira: User, supervisor: User
) -> None:
    clock.advance(minutes=10)
    api.deliver(reported(case, 0, 600), user=amira)

    assert api.refresh(case, user=supervisor).body["time"]["automaticSeconds"] == 600
    for route in ("history", "representatives"):
        reply = api.call("GET", f"cases/{case}/{route}", user=supervisor)
        assert amira.full_name in reply.text


@pytest.mark.parametrize("many", [1, 5, 20])
def test_a_supervisor_has_no_segments_of_her_own(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, supervisor: User, many: int
) -> None:
    clock.advance(minutes=30)
    segments = [reported(case, 60 * number, 60 * number + 60) for number in range(many)]

    reply = api.refresh(case, *segments, user=supervisor)

    assert reply.status == 200
    assert set(reply.receipts.values()) == {"not_allowed"}
    assert mock.rows("cht_focussegment") == []


@pytest.mark.parametrize(
    "route",
    [("PUT", "cases/{caseId}/automatic-time"), ("POST", "cases/{caseId}/time-logs")],
    ids=" ".join,
)
def test_a_supervisor_writes_nothing(
    api: Api, mock: MockDataverse, case: UUID, supervisor: User, route: tuple[str, str]
) -> None:
    reply = _call(api, route, case, user=supervisor)

    assert (reply.status, reply.body["type"]) == (403, "urn:cht:problem:not-allowed")
    assert mock.rows("cht_timelog") == mock.rows("cht_timeadjustment") == []


@pytest.mark.parametrize("route", ["webhooks/dataverse", "self-check"])
def test_what_asks_for_no_token_and_writes_asks_for_a_key(route: str) -> None:
    (function,) = (
        function for function in FUNCTIONS.values() if function.trigger.get("route") == route
    )

    assert function.auth_level == "FUNCTION"
