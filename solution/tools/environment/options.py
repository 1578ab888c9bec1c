"""What all commands are told: which environment, and who we are there.

Secrets come from environment variables only: arguments are seen by every process of a machine, and
end up in histories and logs.
"""

import argparse
import os
import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from dataverse_client import ClientSecret, StaticToken, TokenProvider
from solution.tools.environment.errors import BadOption
from solution.tools.environment.form_xml import Parameters

TOKEN = "CHT_DEPLOY_TOKEN"  # noqa: S105 - the name of a variable
TENANT = "CHT_DEPLOY_TENANT"
CLIENT_ID = "CHT_DEPLOY_CLIENT_ID"
CLIENT_SECRET = "CHT_DEPLOY_CLIENT_SECRET"  # noqa: S105 - the name of a variable
WEBHOOK_KEY = "CHT_WEBHOOK_KEY"

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

CREDENTIALS = f"""\
Who signs in is said by environment variables, never by options:
  {TOKEN}          an access token for the environment, such as the output of
                            az account get-access-token --resource ENVIRONMENT
                            --query accessToken -o tsv
or an application that may customise the environment:
  {TENANT}         its tenant
  {CLIENT_ID}      its application (client) id
  {CLIENT_SECRET}  its secret
"""


def add_environment(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--environment",
        required=True,
        type=environment_url,
        metavar="URL",
        help="the environment, such as https://org.crm4.dynamics.com",
    )


def add_parameters(parser: argparse.ArgumentParser) -> None:
    """Add what the widget is told beside the address of the functions."""
    parser.add_argument(
        "--sign-in-client-id",
        type=guid,
        metavar="GUID",
        help="the app registration by which representatives sign in to the functions",
    )
    parser.add_argument(
        "--sign-in-scope",
        type=scope,
        metavar="SCOPE",
        help="what they ask for there, such as api://GUID/access_as_user",
    )


def add_functions_url(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--functions-url",
        required=required,
        type=functions_url,
        metavar="URL",
        help="where the functions answer, such as https://app.azurewebsites.net/api",
    )


def add_form(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--form", required=required, metavar="NAME", help="name or id of a main form of cases"
    )


def add_representative(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--representative",
        type=guid,
        metavar="GUID",
        help="for whom the functions try their own calls, by the id of the user or of their "
        "sign-in; otherwise for whoever runs this",
    )


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, and change nothing"
    )


def parameters_of(arguments: argparse.Namespace) -> Parameters:
    client_id: UUID | None = arguments.sign_in_client_id
    return Parameters(
        apiBaseUrl=arguments.functions_url,
        signInClientId=None if client_id is None else str(client_id),
        signInScope=arguments.sign_in_scope,
    )


def environment_url(text: str) -> str:
    """Return the root address of an environment, without a slash at its end.

    The address of its Web API, which the local stack prints, names it as well.
    """
    parts = _secure(text)
    if not re.fullmatch(r"(/api/data/v9\.[0-9]+)?/*", parts.path):
        raise argparse.ArgumentTypeError(f"{text!r} goes on after the host; the root is wanted")
    return f"{parts.scheme}://{parts.netloc}"


def functions_url(text: str) -> str:
    """Return the base address of the functions, which ends in ``/api``."""
    parts = _secure(text)
    path = parts.path.rstrip("/")
    if not path.endswith("/api"):
        raise argparse.ArgumentTypeError(f"{text!r} does not end in /api")
    return f"{parts.scheme}://{parts.netloc}{path}"


def guid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a GUID") from error


def scope(text: str) -> str:
    if not re.fullmatch(r"\S+/\S+", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a scope such as api://GUID/access_as_user"
        )
    return text


def credentials(variables: Mapping[str, str], environment: str) -> TokenProvider:
    """Return who we are in this environment.

    Raises:
        BadOption: the variables say nothing, or only a part of it.
    """
    token = variables.get(TOKEN, "").strip()
    if token:
        return StaticToken(token)
    names = (TENANT, CLIENT_ID, CLIENT_SECRET)
    values = [variables.get(name, "").strip() for name in names]
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    if len(missing) == len(names):
        raise BadOption(f"{TOKEN} is not set, and {', '.join(names)} neither")
    if missing:
        raise BadOption(f"{', '.join(missing)} is not set")
    tenant, client_id, secret = values
    return ClientSecret(tenant, client_id, secret, environment)


def webhook_key() -> str | None:
    """Return the key to call the webhook with; None when nobody said it."""
    return os.environ.get(WEBHOOK_KEY, "").strip() or None


def _secure(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not an address") from error
    if "@" in parts.netloc or parts.query or parts.fragment:  # not shown: there may be a secret
        raise argparse.ArgumentTypeError("an address has no user, no ? and no #")
    plain_but_local = parts.scheme == "http" and host in LOOPBACK
    if not host or not (parts.scheme == "https" or plain_but_local):
        raise argparse.ArgumentTypeError(f"{text!r} does not begin with https://")
    return parts
