import argparse
from uuid import UUID

import pytest

from dataverse_client import ClientSecret
from solution.tools.__main__ import parser
from solution.tools.environment.errors import BadOption
from solution.tools.environment.form_xml import Parameters
from solution.tools.environment.options import credentials, parameters_of

ENVIRONMENT = "https://org.crm4.dynamics.com"
FUNCTIONS = "https://app.azurewebsites.net/api"
DEPLOY = ["deploy", "--environment", ENVIRONMENT, "--functions-url", FUNCTIONS]
APPLICATION = {
    "CHT_DEPLOY_TENANT": "tenant",
    "CHT_DEPLOY_CLIENT_ID": "client",
    "CHT_DEPLOY_CLIENT_SECRET": "secret-that-nobody-may-see",
}


def parsed(*words: str) -> argparse.Namespace:
    return parser().parse_args([*DEPLOY, *words])


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--environment", "http://org.crm4.dynamics.com", "does not begin with https://"),
        ("--environment", "org.crm4.dynamics.com", "does not begin with https://"),
        ("--environment", "https://org.crm4.dynamics.com/main.aspx", "goes on after the host"),
        ("--environment", "https://org.crm4.dynamics.com/api/data", "goes on after the host"),
        ("--environment", "https://org/api/data/v9.2/accounts", "goes on after the host"),
        ("--environment", "https://me:secret@org.crm4.dynamics.com", "no user"),
        ("--environment", "http://me:secret@org.crm4.dynamics.com", "no user"),
        ("--environment", "https://org:port", "is not an address"),
        ("--environment", "https://[org", "is not an address"),
        ("--functions-url", "https://app.azurewebsites.net", "does not end in /api"),
        ("--functions-url", "http://app.azurewebsites.net/api", "does not begin with https://"),
        ("--functions-url", "https://app.azurewebsites.net/api?code=1", "no ?"),
        ("--application-id", "my-app", "is not a GUID"),
        ("--sign-in-client-id", "7", "is not a GUID"),
        ("--sign-in-scope", "Time.Track", "is not a scope"),
        ("--sign-in-scope", "api://app/Time Track", "is not a scope"),
    ],
)
def test_what_cannot_be_right_names_the_option_and_ends_with_2(
    capsys: pytest.CaptureFixture[str], option: str, value: str, said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        parsed(option, value)

    assert ended.value.code == 2
    complaint = capsys.readouterr().err
    assert f"argument {option}:" in complaint
    assert said in complaint
    assert "secret" not in complaint


@pytest.mark.parametrize("missing", ["--environment", "--functions-url"])
def test_what_is_required_is_named(capsys: pytest.CaptureFixture[str], missing: str) -> None:
    words = list(DEPLOY)
    at = words.index(missing)
    del words[at : at + 2]

    with pytest.raises(SystemExit):
        parser().parse_args(words)

    assert missing in capsys.readouterr().err


def test_addresses_are_kept_without_a_slash_at_the_end() -> None:
    arguments = parsed("--environment", f"{ENVIRONMENT}/", "--functions-url", f"{FUNCTIONS}/")

    assert arguments.environment == ENVIRONMENT
    assert arguments.functions_url == FUNCTIONS


@pytest.mark.parametrize("suffix", ["/api/data/v9.2", "/api/data/v9.1/"])
def test_the_address_of_the_web_api_names_its_environment(suffix: str) -> None:
    assert parsed("--environment", f"{ENVIRONMENT}{suffix}").environment == ENVIRONMENT


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"])
def test_a_developers_own_machine_needs_no_certificate(host: str) -> None:
    assert parsed("--environment", f"http://{host}").environment == f"http://{host}"


def test_what_the_widget_is_told_comes_from_the_options() -> None:
    client_id = "5C0E7F3A-0000-4000-8000-000000000001"
    arguments = parsed("--sign-in-client-id", client_id, "--sign-in-scope", "api://app/Time.Track")

    assert parameters_of(arguments) == Parameters(
        apiBaseUrl=FUNCTIONS,
        signInClientId=str(UUID(client_id)),
        signInScope="api://app/Time.Track",
    )
    assert parameters_of(parsed()) == Parameters(apiBaseUrl=FUNCTIONS)


def test_a_token_says_who_we_are() -> None:
    provider = credentials({"CHT_DEPLOY_TOKEN": " abc\n", **APPLICATION}, ENVIRONMENT)

    assert provider.token() == "abc"


def test_an_application_signs_in_with_its_secret() -> None:
    assert isinstance(credentials(APPLICATION, ENVIRONMENT), ClientSecret)


@pytest.mark.parametrize("missing", APPLICATION)
def test_half_an_application_is_told_what_is_missing(missing: str) -> None:
    with pytest.raises(BadOption, match=f"{missing} is not set") as caught:
        credentials({**APPLICATION, missing: " "}, ENVIRONMENT)
    assert "secret-that" not in str(caught.value)


def test_nobody_is_told_both_ways_to_be_somebody() -> None:
    with pytest.raises(BadOption, match="CHT_DEPLOY_TOKEN is not set, and CHT_DEPLOY_TENANT"):
        credentials({}, ENVIRONMENT)


@pytest.mark.parametrize("command", ["deploy", "add-to-form", "remove-from-form", "doctor"])
def test_help_says_how_to_sign_in_and_takes_no_secret(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([command, "--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert "CHT_DEPLOY_TOKEN" in said
    assert "az account get-access-token" in said
    assert not any(
        f"--{secret}" in said for secret in ("token", "secret", "password", "webhook-key")
    )


def test_a_command_names_itself_and_its_options_first(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["deploy", "--help"])

    said = capsys.readouterr().out
    assert said.startswith("usage: python -m solution.tools deploy")
    assert all(len(line) <= 100 for line in said.splitlines())
