"""Serves the simulated workspace: its page, the built control, and what a form is given."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from tests.local_stack.addresses import Addresses
from tests.local_stack.form_session import DataverseToken, FormSession
from tests.local_stack.http_messages import Handler, Request, Response, json_response, problem
from tests.local_stack.recorded import Recorded

ENTRA = "https://login.microsoftonline.com"
"""The product's own sign-in calls it and opens hidden frames of it."""

SOLUTION = Path(__file__).resolve().parents[2] / "solution"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".resx": "text/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xml": "text/xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where the files are that the page is made of; the last three come to be when they are built.

    What stands in for a web resource goes before the built one.
    """

    page: Path = SOLUTION / "harness/workspace"
    web_resources: Path = SOLUTION / "harness/web_resources"
    control: Path = SOLUTION / "controls/case-time/out/controls/CaseTime"
    built_web_resources: Path = SOLUTION / "controls/case-time/out/webresources/cht_"
    platform: Path = SOLUTION / "controls/case-time/out/platform"


FOLDERS = Folders()


class Workspace:
    """The page at ``addresses.workspace``.

    ``dataverse`` passes a request to the environment, ``dataverse_token`` tells as whom.
    """

    def __init__(
        self,
        addresses: Addresses,
        *,
        dataverse: Handler,
        dataverse_token: DataverseToken,
        folders: Folders = FOLDERS,
    ) -> None:
        self._addresses = addresses
        self._form_session = FormSession(
            addresses=addresses, dataverse=dataverse, token=dataverse_token
        )
        self._recorded = Recorded(dataverse=dataverse, token=dataverse_token)
        self._roots = (
            ("/controls/CaseTime/", folders.control),
            ("/WebResources/", folders.web_resources),
            ("/WebResources/cht_/", folders.built_web_resources),
            ("/", folders.platform),
            ("/", folders.page),
        )

    def handle(self, request: Request) -> Response:
        """Answer one request. Files are read as they are now, so a developer just reloads."""
        if self._form_session.serves(request):
            return self._form_session.handle(request)
        if request.method not in ("GET", "HEAD"):
            return Response(status=HTTPStatus.METHOD_NOT_ALLOWED)
        match request.path:
            case "/stack.json":
                return json_response(json.loads(self._addresses.as_json()))
            case "/recorded":
                return self._recorded.handle(request)
            case _:
                return self._file(request)

    def _file(self, request: Request) -> Response:
        file = self._found(request.path)
        if file is None:
            return problem(HTTPStatus.NOT_FOUND, f"nothing is at {request.path}")
        strict = request.query.get("policy") == "strict"
        return Response(
            headers=(
                ("Content-Type", TYPES[file.suffix]),
                ("Cache-Control", "no-cache"),
                ("Content-Security-Policy", _policy(() if strict else self._allowed())),
                ("X-Content-Type-Options", "nosniff"),
            ),
            body=file.read_bytes(),
        )

    def _found(self, path: str) -> Path | None:
        """Return the file behind a path: of the folders that may have it, the first that does."""
        roots = [(prefix, root) for prefix, root in self._roots if path.startswith(prefix)]
        found = (_within(root, path.removeprefix(prefix)) for prefix, root in roots)
        return next((file for file in found if file is not None), None)

    def _allowed(self) -> tuple[str, ...]:
        return f"{self._addresses.api}/", self._addresses.tokens, ENTRA


def _within(root: Path, name: str) -> Path | None:
    """Return the file of that name if it lies in the folder and is of a kind that is served."""
    if "\0" in name:
        return None
    file = (root / (name or "index.html")).resolve()
    servable = file.suffix in TYPES and file.is_relative_to(root.resolve())
    return file if servable and file.is_file() else None


def _policy(allowed: tuple[str, ...]) -> str:
    """Return a policy like an environment's: calls go to the page's origin and to what is allowed.

    Styles may be put in by scripts because Fluent writes its rules that way.
    """
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("connect-src 'self'", *allowed)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            " ".join(("frame-src 'self'", *allowed)),
            "frame-ancestors 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
