import base64
import hashlib
import hmac
import json
import time
from typing import Any
from uuid import UUID

import jwt
import pytest

from functions.identity import (
    REQUIRED_CLAIMS,
    MissingScope,
    NotSignedIn,
    SigningKeys,
    SignInUnavailable,
    TokenCheck,
)
from tests.local_stack.tokens import SigningKey

ISSUER = "https://login.example/tenant/v2.0"
AUDIENCE = "api://case-handling-time"
TENANT = UUID("5f1c2d0e-7a43-4c7b-9a55-0d4a1e6f8b21")
AMIRAS_SIGN_IN = UUID("0a0a0a0a-0000-4000-8000-000000000001")
KEY = SigningKey(id="the-key")
STRANGERS_KEY = SigningKey(id="the-key")


class Keys:
    """The issuer's keys: one of them."""

    def get_signing_key(self, kid: str) -> jwt.PyJWK:
        if kid != KEY.id:
            raise jwt.PyJWKClientError("no such key")
        return jwt.PyJWK(KEY.public())


class NoKeys:
    """Keys that cannot be had."""

    def get_signing_key(self, kid: str) -> jwt.PyJWK:  # noqa: ARG002
        raise jwt.PyJWKClientConnectionError("no route to host")


def a_check(keys: SigningKeys | None = None) -> TokenCheck:
    return TokenCheck(
        issuer=ISSUER,
        audience=AUDIENCE,
        tenant=TENANT,
        scope="access_as_user",
        keys=keys or Keys(),
    )


def claims(*, without: str = "", **changes: object) -> dict[str, Any]:
    """Return good claims, changed, or without one."""
    good = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "tid": str(TENANT),
        "oid": str(AMIRAS_SIGN_IN),
        "scp": "access_as_user profile",
        "exp": int(time.time()) + 3600,
        "nbf": int(time.time()),
    }
    return {name: value for name, value in {**good, **changes}.items() if name != without}


def a_token(
    *, key: SigningKey = KEY, kid: str = KEY.id, without: str = "", **changes: object
) -> str:
    return jwt.encode(
        claims(without=without, **changes), key.private, "RS256", headers={"kid": kid}
    )


def caller(token: str, keys: SigningKeys | None = None) -> UUID:
    return a_check(keys).caller({"Authorization": f"Bearer {token}"})


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def unsigned() -> str:
    return f"{part({'alg': 'none', 'kid': KEY.id})}.{part(claims())}."


def signed_with_the_public_key() -> str:
    """Return a token whose HMAC secret is what everybody knows of the issuer's key."""
    signing_input = f"{part({'alg': 'HS256', 'kid': KEY.id})}.{part(claims())}"
    secret = KEY.public_pem().encode()
    signature = hmac.new(secret, signing_input.encode(), hashlib.sha256).digest()
    return f"{signing_input}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def altered() -> str:
    head, _, signature = a_token().split(".")
    return f"{head}.{part(claims(oid=str(UUID(int=1))))}.{signature}"


def test_a_good_token_names_who_signed_in() -> None:
    assert caller(a_token()) == AMIRAS_SIGN_IN


def test_the_scheme_is_read_in_any_case() -> None:
    assert a_check().caller({"Authorization": f"bearer  {a_token()} "}) == AMIRAS_SIGN_IN


def test_clocks_may_differ_by_less_than_a_minute() -> None:
    now = int(time.time())

    assert caller(a_token(exp=now - 50, nbf=now - 3600)) == AMIRAS_SIGN_IN
    assert caller(a_token(nbf=now + 50)) == AMIRAS_SIGN_IN


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(a_token(iss="https://login.example/other/v2.0"), id="issuer"),
        pytest.param(a_token(aud="api://another"), id="audience"),
        pytest.param(a_token(tid=str(UUID(int=1))), id="tenant"),
        pytest.param(a_token(tid=7), id="tenant of another type"),
        pytest.param(a_token(exp=1), id="expired"),
        pytest.param(a_token(exp="never"), id="expiry that is no time"),
        pytest.param(a_token(nbf=int(time.time()) + 3600), id="not yet valid"),
        pytest.param(a_token(oid="nobody"), id="oid that is no id"),
        pytest.param(a_token(oid=7), id="oid of another type"),
        pytest.param(a_token(oid=["x"]), id="oid that is a list"),
        pytest.param(a_token(kid="another"), id="unknown key"),
        pytest.param(a_token(key=STRANGERS_KEY), id="signed by a stranger"),
        pytest.param(altered(), id="altered"),
        pytest.param(unsigned(), id="unsigned"),
        pytest.param(signed_with_the_public_key(), id="HMAC with the public key"),
        pytest.param("a.b.c", id="no token"),
        pytest.param("äöü", id="no ASCII"),
        *(pytest.param(a_token(without=name), id=f"no {name}") for name in REQUIRED_CLAIMS),
    ],
)
def test_another_token_is_not_accepted_and_nothing_of_it_is_shown(token: str) -> None:
    with pytest.raises(NotSignedIn) as caught:
        caller(token)

    text = str(caught.value)
    shown = [piece for piece in token.split(".") if len(piece) > 3 and piece in text]
    assert shown == []
    assert str(AMIRAS_SIGN_IN) not in text
    assert "http" not in text


@pytest.mark.parametrize("scp", ["", "profile", "access_as_user2", ["access_as_user"]])
def test_a_token_must_grant_the_scope(scp: object) -> None:
    with pytest.raises(MissingScope):
        caller(a_token(scp=scp))


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"Authorization": ""}, id="empty"),
        pytest.param({"Authorization": "Bearer"}, id="no token"),
        pytest.param({"Authorization": "Bearer  "}, id="blank token"),
        pytest.param({"Authorization": "Basic dXNlcjpwYXNz"}, id="another scheme"),
        pytest.param({"Authorization": a_token()}, id="no scheme"),
    ],
)
def test_without_a_bearer_token_nobody_is_signed_in(headers: dict[str, str]) -> None:
    with pytest.raises(NotSignedIn, match="send an access token"):
        a_check().caller(headers)


def test_without_the_issuers_keys_nobody_can_be_checked() -> None:
    with pytest.raises(SignInUnavailable):
        caller(a_token(), NoKeys())


def test_what_a_check_looks_like_shows_no_keys() -> None:
    assert "keys" not in repr(a_check())
