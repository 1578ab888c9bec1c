from uuid import UUID

import pytest
from pydantic import ValidationError

from functions.configuration import Configuration, Credential, configuration

TENANT = "5f1c2d0e-7a43-4c7b-9a55-0d4a1e6f8b21"
CLIENT = "0e5d3c1b-2f64-4b8a-8d13-7c9a6e2f4b50"
NEEDED = {
    "CHT_DATAVERSE_URL": "https://org.crm4.dynamics.com/",
    "CHT_TOKEN_TENANT": TENANT,
    "CHT_TOKEN_AUDIENCE": "api://case-handling-time",
}
WITH_SECRET = {
    "CHT_DATAVERSE_CREDENTIAL": "client_secret",
    "CHT_CLIENT_ID": CLIENT,
    "CHT_CLIENT_SECRET": "hunter2",
}
WITH_CERTIFICATE = {
    "CHT_DATAVERSE_CREDENTIAL": "client_certificate",
    "CHT_CLIENT_ID": CLIENT,
    "CHT_CLIENT_KEY": "hunter3",
    "CHT_CLIENT_CERTIFICATE": "certificate",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in Configuration.model_fields:
        monkeypatch.delenv(f"CHT_{name.upper()}", raising=False)
    return monkeypatch


def read(environment: pytest.MonkeyPatch, **variables: str) -> Configuration:
    for name, value in {**NEEDED, **variables}.items():
        environment.setenv(name, value)
    return Configuration()


def test_what_is_needed_is_enough(environment: pytest.MonkeyPatch) -> None:
    config = read(environment)

    assert config.dataverse_url == "https://org.crm4.dynamics.com"
    assert config.dataverse_credential is Credential.MANAGED_IDENTITY
    assert config.token_tenant == UUID(TENANT)
    assert config.token_scope == "access_as_user"


def test_issuer_and_keys_are_the_tenants(environment: pytest.MonkeyPatch) -> None:
    config = read(environment)

    entra = f"https://login.microsoftonline.com/{TENANT}"
    assert config.token_issuer == f"{entra}/v2.0"
    assert config.token_keys_url == f"{entra}/discovery/v2.0/keys"


def test_issuer_and_keys_can_be_others(environment: pytest.MonkeyPatch) -> None:
    config = read(
        environment,
        CHT_TOKEN_ISSUER="https://issuer.example",
        CHT_TOKEN_KEYS_URL="http://127.0.0.1:7075/keys",
    )

    assert config.token_issuer == "https://issuer.example"
    assert config.token_keys_url == "http://127.0.0.1:7075/keys"


@pytest.mark.parametrize("missing", NEEDED)
def test_a_missing_variable_is_named(environment: pytest.MonkeyPatch, missing: str) -> None:
    for name, value in NEEDED.items():
        if name != missing:
            environment.setenv(name, value)

    with pytest.raises(ValidationError) as caught:
        Configuration()
    assert [each["loc"] for each in caught.value.errors()] == [
        (missing.removeprefix("CHT_").lower(),)
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHT_DATAVERSE_URL", "org.crm4.dynamics.com"),
        ("CHT_DATAVERSE_URL", "http://org.crm4.dynamics.com"),
        ("CHT_DATAVERSE_URL", "http://localhost.example"),
        ("CHT_DATAVERSE_URL", "http://127.0.0.1@org.example"),
        ("CHT_DATAVERSE_URL", "ftp://127.0.0.1"),
        ("CHT_TOKEN_KEYS_URL", "http://issuer.example/keys"),
        ("CHT_TOKEN_ISSUER", "http://issuer.example"),
        ("CHT_TOKEN_TENANT", "common"),
        ("CHT_TOKEN_AUDIENCE", ""),
        ("CHT_DATAVERSE_CREDENTIAL", "password"),
        ("CHT_CLIENT_ID", "me"),
    ],
)
def test_a_wrong_variable_is_named(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(environment, **{name: value})

    assert [each["loc"] for each in caught.value.errors()] == [(name.removeprefix("CHT_").lower(),)]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_plain_http_goes_to_this_machine(environment: pytest.MonkeyPatch, host: str) -> None:
    assert read(environment, CHT_DATAVERSE_URL=f"http://{host}/").dataverse_url == f"http://{host}"


@pytest.mark.parametrize("variables", [WITH_SECRET, WITH_CERTIFICATE])
def test_a_credential_can_be_complete(
    environment: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    config = read(environment, **variables)

    assert config.dataverse_credential == variables["CHT_DATAVERSE_CREDENTIAL"]


@pytest.mark.parametrize(
    ("variables", "missing"),
    [
        (WITH_SECRET, "CHT_CLIENT_ID"),
        (WITH_SECRET, "CHT_CLIENT_SECRET"),
        (WITH_CERTIFICATE, "CHT_CLIENT_ID"),
        (WITH_CERTIFICATE, "CHT_CLIENT_KEY"),
        (WITH_CERTIFICATE, "CHT_CLIENT_CERTIFICATE"),
    ],
)
def test_what_a_credential_lacks_is_named(
    environment: pytest.MonkeyPatch, variables: dict[str, str], missing: str
) -> None:
    given = {name: value for name, value in variables.items() if name != missing}

    with pytest.raises(ValidationError, match=f"needs {missing}"):
        read(environment, **given)


@pytest.mark.parametrize("variables", [WITH_SECRET, WITH_CERTIFICATE])
def test_secrets_are_not_shown(environment: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    config = read(environment, **variables)

    assert "hunter" not in f"{config!r} {config} {config.model_dump_json()}"


def test_the_configuration_is_read_once(environment: pytest.MonkeyPatch) -> None:
    configuration.cache_clear()
    read(environment)

    assert configuration() is configuration()
    configuration.cache_clear()
