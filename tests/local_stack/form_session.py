"""The form's own way to Dataverse: same origin, as whoever the cookie says is signed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from tests.local_stack.addresses import Addresses
from tests.local_stack.http_messages import Handler, Request, Response, problem
from tests.local_stack.token_desk import DATAVERSE_PATH, UnknownPersonError

COOKIE = "cht_user"
PASSED_ON = {"accept", "content-type", "if-match", "if-none-match", "prefer"}
PASSED_ON_PREFIXES = ("odata-", "mscrm.", "x-ms-")

DataverseToken = Callable[[str | None], str]
"""A token for a person's alias, or for ``None`` the application user's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSession:
    """Passes calls on. To the page its own origin is the environment's address, as on a form."""

    addresses: Addresses
    dataverse: Handler
    token: DataverseToken

    def serves(self, request: Request) -> bool:
        path = request.path
        return path == DATAVERSE_PATH or path.startswith(f"{DATAVERSE_PATH}/")

    def handle(self, request: Request) -> Response:
        """Answer a call to the Web API; 401 without a person, 404 for a path out of it."""
        if ".." in request.path.replace("\\", "/").split("/"):
            return problem(HTTPStatus.NOT_FOUND, "the path leads out of the Web API")
        alias = _signed_in(request)
        if alias is None:
            return problem(HTTPStatus.UNAUTHORIZED, f"nobody is signed in: no cookie {COOKIE}")
        try:
            token = self.token(alias)
        except UnknownPersonError as error:
            return problem(HTTPStatus.UNAUTHORIZED, str(error))
        page, environment = self.addresses.workspace, _origin(self.addresses.dataverse)
        answer = self.dataverse(
            Request(
                method=request.method,
                target=request.target,
                headers={**_passed_on(request.headers), "authorization": f"Bearer {token}"},
                body=request.body.replace(page.encode(), environment.encode()),
            )
        )
        headers = [(name, value.replace(environment, page)) for name, value in answer.headers]
        return Response(
            status=answer.status,
            headers=(*headers, ("Cache-Control", "no-store")),
            body=answer.body.replace(environment.encode(), page.encode()),
        )


def _signed_in(request: Request) -> str | None:
    try:
        cookie = SimpleCookie(request.headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return cookie.value if cookie and cookie.value else None


def _passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    """Leave out what belongs to the page: its cookies, its origin, and acting for others."""
    return {
        name: value
        for name, value in headers.items()
        if name in PASSED_ON or name.startswith(PASSED_ON_PREFIXES)
    }


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
