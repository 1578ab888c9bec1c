"""Serves the plain page that shows the main job until the simulated workspace exists."""

import json
from http import HTTPStatus
from pathlib import Path

from tests.local_stack.addresses import Addresses
from tests.local_stack.http_messages import Request, Response, json_response

PAGE = Path(__file__).resolve().parents[2] / "solution" / "harness" / "page"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class Workspace:
    """The page's files, and ``/stack.json`` with the addresses it needs."""

    def __init__(self, addresses: Addresses, folder: Path = PAGE) -> None:
        self._addresses = addresses
        self._files = {f"/{file.name}": file for file in folder.iterdir() if file.suffix in TYPES}
        self._files["/"] = folder / "index.html"
        self._policy = (
            f"default-src 'self'; connect-src 'self' {addresses.api} {addresses.api}/"
            f" {addresses.tokens}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
        )

    def handle(self, request: Request) -> Response:
        """Answer with a file as it is now, so that a developer just reloads the page."""
        if request.method not in ("GET", "HEAD"):
            return Response(status=HTTPStatus.METHOD_NOT_ALLOWED)
        if request.path == "/stack.json":
            return json_response(json.loads(self._addresses.as_json()))
        file = self._files.get(request.path)
        if file is None:
            return Response(status=HTTPStatus.NOT_FOUND)
        return Response(
            headers=(
                ("Content-Type", TYPES[file.suffix]),
                ("Cache-Control", "no-cache"),
                ("Content-Security-Policy", self._policy),
                ("X-Content-Type-Options", "nosniff"),
            ),
            body=file.read_bytes(),
        )
