"""Hands out tokens over HTTP: to people by alias, and to the functions as a managed identity."""

import json
import secrets
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus

from tests.local_stack.http_messages import Request, Response, json_response, problem
from tests.local_stack.office.people import PEOPLE, Person
from tests.local_stack.tokens import AUDIENCE, LIFETIME, TENANT, TokenIssuer

STATES = {0: "active", 1: "resolved", 2: "cancelled"}
DATAVERSE_PATH = "/api/data/v9.2"
ANSWER_SECONDS = 10
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
BY_ALIAS: Mapping[str, Person] = {person.alias: person for person in PEOPLE}


class UnknownPersonError(Exception):
    """Nobody in the office has this alias."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenDesk:
    """The desk at ``url``; it signs Dataverse tokens for one environment."""

    url: str
    dataverse_url: str
    issuer: TokenIssuer
    identity_secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def functions_environment(self) -> dict[str, str]:
        """Return the variables under which the functions talk to this desk and its Dataverse."""
        return {
            "CHT_DATAVERSE_URL": self.dataverse_url,
            "CHT_DATAVERSE_CREDENTIAL": "managed_identity",
            "CHT_TOKEN_ISSUER": self.issuer.issuer,
            "CHT_TOKEN_AUDIENCE": AUDIENCE,
            "CHT_TOKEN_TENANT": TENANT,
            "CHT_TOKEN_KEYS_URL": f"{self.url}/keys",
            "IDENTITY_ENDPOINT": f"{self.url}/msi/token",
            "IDENTITY_HEADER": self.identity_secret,
            "PYTHON_THREADPOOL_THREAD_COUNT": "32",
            # Nobody waits five minutes in a demo.
            "AzureFunctionsJobHost__extensions__queues__visibilityTimeout": "00:00:02",
        }

    def handle(self, request: Request) -> Response:
        """Answer one request; all of them are ``GET``."""
        if request.method != "GET":
            return problem(HTTPStatus.METHOD_NOT_ALLOWED, "only GET is answered")
        try:
            return self._answer(request)
        except UnknownPersonError as error:
            return problem(HTTPStatus.NOT_FOUND, str(error))

    def _answer(self, request: Request) -> Response:
        answers: Mapping[str, Callable[[], object]] = {
            "/users": lambda: [person.as_json() for person in PEOPLE],
            "/cases": self._cases,
            "/token": lambda: {"token": self._api_token(request.query.get("user"))},
            "/dataverse-token": lambda: {"token": self.dataverse_token(request.query.get("user"))},
            "/keys": lambda: {"keys": [self.issuer.key.public()]},
            "/environment": self.functions_environment,
        }
        if request.path == "/msi/token":
            return self._managed_identity(request)
        if request.path not in answers:
            return problem(HTTPStatus.NOT_FOUND, f"nothing is at {request.path}")
        return json_response(answers[request.path]())

    def _api_token(self, alias: str | None) -> str:
        return self.issuer.for_api(_person(alias).entra_object_id, now=_now())

    def dataverse_token(self, alias: str | None = None) -> str:
        """Return a token for Dataverse: a person's, or without an alias the application user's.

        Raises:
            UnknownPersonError: nobody has this alias.
        """
        person = None if alias is None else _person(alias).entra_object_id
        return self.issuer.for_dataverse(self.dataverse_url, now=_now(), entra_object_id=person)

    def _managed_identity(self, request: Request) -> Response:
        """Answer as the platform's endpoint does, which is where msal asks for tokens."""
        shown = request.headers.get("x-identity-header", "")
        if not secrets.compare_digest(shown.encode(), self.identity_secret.encode()):
            return problem(HTTPStatus.UNAUTHORIZED, "X-IDENTITY-HEADER is not the right one")
        resource = request.query.get("resource", "")
        if resource.rstrip("/") != self.dataverse_url:
            return problem(HTTPStatus.BAD_REQUEST, f"there is no resource {resource!r}")
        expires = int((_now() + LIFETIME).timestamp())
        return json_response(
            {
                "access_token": self.dataverse_token(),
                "expires_on": str(expires),
                "resource": resource,
                "token_type": "Bearer",
            }
        )

    def _cases(self) -> list[dict[str, str]]:
        """Return the cases as they now are in Dataverse, by number."""
        query = "incidents?$select=title,statecode&$orderby=ticketnumber"
        call = urllib.request.Request(
            f"{self.dataverse_url}{DATAVERSE_PATH}/{query}",
            headers={"Authorization": f"Bearer {self.dataverse_token()}"},
        )
        with DIRECTLY.open(call, timeout=ANSWER_SECONDS) as answer:
            rows = json.load(answer)["value"]
        return [
            {"id": row["incidentid"], "title": row["title"], "state": STATES[row["statecode"]]}
            for row in rows
        ]


def _person(alias: str | None) -> Person:
    person = BY_ALIAS.get(alias or "")
    if person is None:
        raise UnknownPersonError(f"{alias!r} is none of {', '.join(BY_ALIAS)}")
    return person


def _now() -> datetime:
    return datetime.now(UTC)
