import json
from collections.abc import Mapping

import jwt
import pytest

from tests.local_stack.http_messages import Request
from tests.local_stack.office.people import PEOPLE
from tests.local_stack.token_desk import TokenDesk
from tests.local_stack.tokens import TokenIssuer

TOKENS = "http://127.0.0.1:7073"
DATAVERSE = "http://127.0.0.1:7072"


@pytest.fixture(scope="module")
def desk() -> TokenDesk:
    issuer = TokenIssuer(issuer=f"{TOKENS}/tenant/v2.0")
    return TokenDesk(url=TOKENS, dataverse_url=DATAVERSE, issuer=issuer)


def ask(desk: TokenDesk, target: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
    answer = desk.handle(Request(method="GET", target=target, headers=headers or {}))
    return answer.status, answer.body.decode()


def claims_of(token: str) -> dict[str, object]:
    claims: dict[str, object] = jwt.decode(token, options={"verify_signature": False})
    return claims


def test_the_people_are_listed_with_what_programs_need(desk: TokenDesk) -> None:
    _, body = ask(desk, "/users")

    users = json.loads(body)
    assert [user["alias"] for user in users] == ["amira", "ben", "chloe", "dana", "erik"]
    assert users[3]["roles"] == ["Case Time Supervisor", "Customer Service Representative"]
    assert users[0]["systemuserId"] == str(PEOPLE[0].systemuserid)
    assert users[0]["entraObjectId"] == str(PEOPLE[0].entra_object_id)


def test_a_person_gets_a_token_by_alias(desk: TokenDesk) -> None:
    _, body = ask(desk, "/token?user=ben")

    assert claims_of(json.loads(body)["token"])["oid"] == str(PEOPLE[1].entra_object_id)


@pytest.mark.parametrize("target", ["/token", "/token?user=nobody", "/dataverse-token?user=nobody"])
def test_nobody_gets_no_token(desk: TokenDesk, target: str) -> None:
    assert ask(desk, target)[0] == 404


def test_the_functions_get_a_dataverse_token_as_a_managed_identity(desk: TokenDesk) -> None:
    status, body = ask(
        desk,
        f"/msi/token?api-version=2019-08-01&resource={DATAVERSE}",
        {"x-identity-header": desk.identity_secret},
    )

    answer = json.loads(body)
    assert status == 200
    assert answer["token_type"] == "Bearer"
    assert claims_of(answer["access_token"])["aud"] == DATAVERSE
    assert "oid" not in claims_of(answer["access_token"])


@pytest.mark.parametrize(
    ("resource", "secret", "status"),
    [
        pytest.param(DATAVERSE, "", 401, id="without the secret"),
        pytest.param(DATAVERSE, "wrong", 401, id="with a wrong one"),
        pytest.param("https://example.org", None, 400, id="for another resource"),
    ],
)
def test_the_managed_identity_is_not_for_everyone(
    desk: TokenDesk, resource: str, secret: str | None, status: int
) -> None:
    shown = desk.identity_secret if secret is None else secret

    assert ask(desk, f"/msi/token?resource={resource}", {"x-identity-header": shown})[0] == status


def test_what_is_not_there_is_not_found(desk: TokenDesk) -> None:
    assert ask(desk, "/nothing")[0] == 404


def test_only_get_is_answered(desk: TokenDesk) -> None:
    assert desk.handle(Request(method="POST", target="/users")).status == 405
