import json
import re

import pytest

from tests.local_stack.addresses import Addresses
from tests.local_stack.http_messages import Request
from tests.local_stack.workspace import PAGE, Workspace

ADDRESSES = Addresses(
    api="http://127.0.0.1:7071/api",
    dataverse="http://127.0.0.1:7072/api/data/v9.2",
    tokens="http://127.0.0.1:7073",
    workspace="http://127.0.0.1:7070",
)


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(ADDRESSES)


def test_the_page_may_call_the_api_and_the_token_desk_and_nobody_else(workspace: Workspace) -> None:
    answer = workspace.handle(Request(method="GET", target="/"))

    policy = dict(answer.headers)["Content-Security-Policy"]
    assert b"<h1>Case handling time</h1>" in answer.body
    assert "default-src 'self'" in policy
    assert ADDRESSES.api in policy
    assert ADDRESSES.tokens in policy
    assert ADDRESSES.dataverse not in policy


def test_the_page_learns_the_addresses(workspace: Workspace) -> None:
    answer = workspace.handle(Request(method="GET", target="/stack.json"))

    assert json.loads(answer.body)["api"] == ADDRESSES.api


def test_everything_the_page_refers_to_is_served(workspace: Workspace) -> None:
    texts = [file.read_text("utf-8") for file in PAGE.iterdir()]
    referred = {
        name for text in texts for name in re.findall(r'"(?:\./)?([\w-]+\.(?:js|css|svg))"', text)
    }

    assert referred == {
        "api.js",
        "document.js",
        "forms.js",
        "history.js",
        "icon.svg",
        "page.css",
        "page.js",
        "tracker.js",
    }
    for name in referred:
        assert workspace.handle(Request(method="GET", target=f"/{name}")).status == 200


@pytest.mark.parametrize("target", ["/missing.js", "/../page.py", "/%2e%2e/%2e%2e/pyproject.toml"])
def test_nothing_else_is_served(workspace: Workspace, target: str) -> None:
    assert workspace.handle(Request(method="GET", target=target)).status == 404


def test_the_page_is_only_read(workspace: Workspace) -> None:
    assert workspace.handle(Request(method="POST", target="/")).status == 405
