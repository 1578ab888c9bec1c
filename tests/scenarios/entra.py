"""Entra at its HTTP border, for the real sign-in: a session or none, and tokens for a code."""

import base64
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import BrowserContext, Route

from tests.local_stack.office.people import Person
from tests.local_stack.tokens import TENANT
from tests.local_stack.workspace import FOLDERS

ADDRESS = "https://login.microsoftonline.com/**"
SIGN_IN = "**/WebResources/cht_/signin.js?v=*"
LIFETIME_SECONDS = 3600


class Entra:
    """Answers a browser that asks Entra; ``token_of`` gives a person's token for the API.

    Who has a session there is signed in silently. Anybody is signed in by a window of her own.
    """

    def __init__(
        self, context: BrowserContext, person: Person, token_of: Callable[[Person], str]
    ) -> None:
        self._person = person
        self._token_of = token_of
        self._nonces: dict[str, str] = {}
        self.has_session = True
        self.asked: list[str] = []
        context.route(ADDRESS, self._answer)
        built = FOLDERS.built_web_resources / "signin.js"
        context.route(SIGN_IN, lambda route: route.fulfill(path=built))

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path.endswith("/authorize"):
            silent = asked.get("prompt") == "none"
            self.asked.append("silent" if silent else "window")
            self._authorize(route, asked, refused=silent and not self.has_session)
        elif address.path.endswith("/token"):
            self._exchange(route)
        else:
            route.fulfill(status=HTTPStatus.NOT_FOUND)

    def _authorize(self, route: Route, asked: dict[str, str], *, refused: bool) -> None:
        code = f"code-{len(self._nonces)}"
        self._nonces[code] = asked["nonce"]
        answer = (
            {"error": "login_required", "error_description": "AADSTS50058: no session"}
            if refused
            else {"code": code, "client_info": _encoded(self._client_info)}
        )
        target = f"{asked['redirect_uri']}#{urlencode({**answer, 'state': asked['state']})}"
        route.fulfill(status=HTTPStatus.FOUND, headers={"Location": target})

    def _exchange(self, route: Route) -> None:
        form = parse_qs(route.request.post_data or "")
        claims = {
            "aud": form["client_id"][0],
            "iss": f"https://login.microsoftonline.com/{TENANT}/v2.0",
            "nonce": self._nonces[form["code"][0]],
            "oid": self._client_info["uid"],
            "preferred_username": self._person.alias,
            "sub": self._person.alias,
            "tid": TENANT,
            "ver": "2.0",
        }
        content = {
            "token_type": "Bearer",
            "scope": form["scope"][0],
            "expires_in": LIFETIME_SECONDS,
            "access_token": self._token_of(self._person),
            "id_token": f"{_encoded({'alg': 'none'})}.{_encoded(claims)}.x",
            "client_info": _encoded(self._client_info),
        }
        route.fulfill(json=content, headers={"Access-Control-Allow-Origin": "*"})

    @property
    def _client_info(self) -> dict[str, str]:
        return {"uid": str(self._person.entra_object_id), "utid": TENANT}


def _encoded(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
