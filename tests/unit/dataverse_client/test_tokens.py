from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import jwt
import pytest
import requests
import responses
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from dataverse_client import (
    ClientCertificate,
    ClientSecret,
    ManagedIdentity,
    StaticToken,
    TokenProvider,
    TokenUnavailable,
)
from tests.unit.dataverse_client.answers import ENVIRONMENT
from tests.unit.dataverse_client.conftest import Clock

Http = responses.RequestsMock
TENANT = "https://login.microsoftonline.com/tenant"
TOKEN_URL = f"{TENANT}/oauth2/v2.0/token"
IDENTITY_ENDPOINT = "http://localhost:4141/msi/token"


@pytest.fixture
def login(http: Http) -> Http:
    """The login service of the public cloud, which hands out token-1, token-2 and so on."""
    http.get(
        f"{TENANT}/v2.0/.well-known/openid-configuration",
        json={
            "authorization_endpoint": f"{TENANT}/oauth2/v2.0/authorize",
            "token_endpoint": TOKEN_URL,
            "issuer": f"{TENANT}/v2.0",
        },
    )
    for number in (1, 2, 3):
        http.post(TOKEN_URL, json={"access_token": f"token-{number}", "expires_in": 3600})
    return http


@pytest.fixture
def identity(http: Http, monkeypatch: pytest.MonkeyPatch) -> Http:
    """The endpoint that a function app has for its managed identity."""
    monkeypatch.setenv("IDENTITY_ENDPOINT", IDENTITY_ENDPOINT)
    monkeypatch.setenv("IDENTITY_HEADER", "proof")
    for number in (1, 2):
        in_a_day = int((datetime.now(UTC) + timedelta(days=1)).timestamp())
        http.get(
            IDENTITY_ENDPOINT,
            json={
                "access_token": f"token-{number}",
                "expires_on": str(in_a_day),
                "resource": ENVIRONMENT,
                "token_type": "Bearer",
            },
        )
    return http


def a_secret(clock: Clock) -> ClientSecret:
    return ClientSecret("tenant", "client", "s3cret", ENVIRONMENT + "/", clock=clock)


def asked(http: Http) -> list[dict[str, list[str]]]:
    """Return the forms that were sent to the login service."""
    return [
        parse_qs(str(call.request.body)) for call in http.calls if call.request.url == TOKEN_URL
    ]


def test_a_static_token_stays_the_same() -> None:
    tokens: TokenProvider = StaticToken("a")

    assert tokens.token() == "a"
    assert tokens.renewed("a") == "a"


def test_nothing_is_asked_before_a_token_is_needed(login: Http, clock: Clock) -> None:
    a_secret(clock)

    assert len(login.calls) == 0


def test_a_secret_buys_a_token_for_the_environment(login: Http, clock: Clock) -> None:
    assert a_secret(clock).token() == "token-1"

    (form,) = asked(login)
    assert form["client_id"] == ["client"]
    assert form["client_secret"] == ["s3cret"]
    assert form["grant_type"] == ["client_credentials"]
    assert form["scope"] == [f"{ENVIRONMENT}/.default"]


def test_another_cloud_has_another_login(http: Http) -> None:
    tokens = ClientSecret("tenant", "c", "s", ENVIRONMENT, authority="https://login.example/")

    with pytest.raises(TokenUnavailable):
        tokens.token()
    assert str(http.calls[0].request.url).startswith("https://login.example/tenant/")


def test_a_token_is_kept_while_it_is_good(login: Http, clock: Clock) -> None:
    tokens = a_secret(clock)
    tokens.token()
    clock.seconds += 3299

    assert tokens.token() == "token-1"
    assert len(asked(login)) == 1


@pytest.mark.parametrize(
    ("after_seconds", "expected"),
    [pytest.param(99, "token-1", id="first half"), pytest.param(100, "token-2", id="second half")],
)
def test_a_short_token_is_kept_for_half_its_life(
    after_seconds: int, expected: str, *, http: Http, login: Http, clock: Clock
) -> None:
    http.remove(responses.POST, TOKEN_URL)
    for token in ("token-1", "token-2"):
        login.post(TOKEN_URL, json={"access_token": token, "expires_in": 200})
    tokens = a_secret(clock)
    tokens.token()
    clock.seconds += after_seconds

    assert tokens.token() == expected


def test_while_the_login_fails_a_token_serves_to_its_end(login: Http, clock: Clock) -> None:
    login.remove(responses.POST, TOKEN_URL)
    login.post(TOKEN_URL, json={"access_token": "token-1", "expires_in": 200})
    tokens = a_secret(clock)
    tokens.token()
    login.replace(responses.POST, TOKEN_URL, status=503)
    clock.seconds += 199

    assert tokens.token() == "token-1"
    clock.seconds += 1
    with pytest.raises(TokenUnavailable):
        tokens.token()


def test_a_refused_token_is_replaced(login: Http, clock: Clock) -> None:
    tokens = a_secret(clock)
    refused = tokens.token()

    assert tokens.renewed(refused) == "token-2"
    assert tokens.token() == "token-2"
    assert len(asked(login)) == 2


def test_a_token_that_was_replaced_already_is_not_replaced_again(login: Http, clock: Clock) -> None:
    tokens = a_secret(clock)
    refused = tokens.token()

    assert [tokens.renewed(refused), tokens.renewed(refused)] == ["token-2", "token-2"]
    assert len(asked(login)) == 2


def test_many_threads_share_one_login(login: Http, clock: Clock) -> None:
    tokens = a_secret(clock)

    with ThreadPoolExecutor(16) as threads:
        given = set(threads.map(lambda _: tokens.token(), range(64)))

    assert given == {"token-1"}
    assert len(asked(login)) == 1


def test_a_certificate_signs_for_us(login: Http) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    tokens = ClientCertificate("tenant", "client", _pem(key), _certificate(key), ENVIRONMENT)

    assert tokens.token() == "token-1"

    (form,) = asked(login)
    claims = jwt.decode(
        form["client_assertion"][0],
        key.public_key(),
        algorithms=["PS256", "RS256"],
        audience=TOKEN_URL,
        issuer="client",
    )
    assert claims["sub"] == "client"


def test_a_managed_identity_asks_the_machine(identity: Http) -> None:
    assert ManagedIdentity(ENVIRONMENT + "/").token() == "token-1"

    request = identity.calls[0].request
    assert request.headers["X-IDENTITY-HEADER"] == "proof"
    assert request.params == {"api-version": "2019-08-01", "resource": ENVIRONMENT}  # type: ignore[attr-defined]


def test_a_managed_identity_of_ones_own_is_named(identity: Http) -> None:
    ManagedIdentity(ENVIRONMENT, client_id="mine").token()

    assert identity.calls[0].request.params["client_id"] == "mine"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("identity")
def test_a_managed_identity_can_be_asked_again() -> None:
    tokens = ManagedIdentity(ENVIRONMENT)

    assert tokens.renewed(tokens.token()) == "token-2"


def test_a_login_does_not_wait_forever(identity: Http) -> None:
    ManagedIdentity(ENVIRONMENT).token()

    assert identity.calls[0].request.req_kwargs["timeout"] == (2.0, 4.0)  # type: ignore[attr-defined]


def test_a_login_that_says_no_is_quoted_without_the_secret(
    http: Http, login: Http, clock: Clock
) -> None:
    http.replace(
        responses.POST,
        TOKEN_URL,
        status=401,
        json={"error": "invalid_client", "error_description": "AADSTS7000215: wrong secret"},
    )

    with pytest.raises(TokenUnavailable, match="AADSTS7000215") as caught:
        a_secret(clock).token()
    assert caught.value.context.code == "invalid_client"
    assert caught.value.not_run
    assert "s3cret" not in repr(caught.value)
    assert len(login.calls) > 0


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(
            lambda http: http.get(IDENTITY_ENDPOINT, body=requests.Timeout()), id="silence"
        ),
        pytest.param(lambda http: http.get(IDENTITY_ENDPOINT, body="<html>"), id="a page of HTML"),
    ],
)
def test_a_login_without_a_usable_answer_may_work_later(
    answer: Callable[[Http], object], http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDENTITY_ENDPOINT", IDENTITY_ENDPOINT)
    monkeypatch.setenv("IDENTITY_HEADER", "proof")
    answer(http)

    with pytest.raises(TokenUnavailable):
        ManagedIdentity(ENVIRONMENT).token()


def test_a_provider_shows_no_secret(clock: Clock) -> None:
    assert "s3cret" not in repr(a_secret(clock))


def _pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _certificate(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
