import json
import re
from pathlib import Path

import pytest

from tests.local_stack.addresses import Addresses
from tests.local_stack.http_messages import Request, Response
from tests.local_stack.workspace import ENTRA, FOLDERS, Folders, Workspace

ADDRESSES = Addresses(
    api="http://127.0.0.1:7071/api",
    dataverse="http://127.0.0.1:7072/api/data/v9.2",
    tokens="http://127.0.0.1:7073",
    workspace="http://127.0.0.1:7070",
)
REFERENCE = re.compile(r'(?:src|href|from|import)[ =(]*"(\.{0,2}/?[\w/.-]+\.(?:js|css|svg))"')


def nobody_answers(request: Request) -> Response:
    pytest.fail(f"{request.target} was passed on")


def workspace_of(folders: Folders) -> Workspace:
    return Workspace(
        ADDRESSES, dataverse=nobody_answers, dataverse_token=lambda _alias: "", folders=folders
    )


@pytest.fixture
def workspace() -> Workspace:
    return workspace_of(FOLDERS)


@pytest.fixture
def built(tmp_path: Path) -> Folders:
    control, platform = tmp_path / "control", tmp_path / "platform"
    web_resources = tmp_path / "web_resources"
    (control / "strings").mkdir(parents=True)
    platform.mkdir()
    (control / "bundle.js").write_text("control")
    (control / "strings" / "CaseTime.1033.resx").write_text("<root />")
    (platform / "platform.js").write_text("platform")
    (tmp_path / "secret.js").write_text("secret")
    web_resources.mkdir()
    (web_resources / "rows.js").write_text("rows")
    (web_resources / "signin.js").write_text("the real sign-in")
    return Folders(control=control, platform=platform, built_web_resources=web_resources)


def get(workspace: Workspace, target: str) -> Response:
    return workspace.handle(Request(method="GET", target=target))


def policy_of(answer: Response) -> dict[str, list[str]]:
    directives = dict(answer.headers)["Content-Security-Policy"].split("; ")
    return {name: values for name, *values in map(str.split, directives)}


def test_the_page_may_call_the_api_and_those_who_sign_in_and_nobody_else(
    workspace: Workspace,
) -> None:
    policy = policy_of(get(workspace, "/"))

    assert policy["default-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'", f"{ADDRESSES.api}/", ADDRESSES.tokens, ENTRA]


def test_under_a_strict_policy_the_page_may_call_its_own_origin_only(workspace: Workspace) -> None:
    assert policy_of(get(workspace, "/?policy=strict"))["connect-src"] == ["'self'"]


def test_the_page_learns_the_addresses(workspace: Workspace) -> None:
    assert json.loads(get(workspace, "/stack.json").body)["api"] == ADDRESSES.api


def test_everything_the_page_refers_to_is_served(workspace: Workspace) -> None:
    referred = {
        (file.parent / name).resolve().relative_to(FOLDERS.page)
        for file in FOLDERS.page.rglob("*.*")
        for name in REFERENCE.findall(file.read_text("utf-8"))
    }

    assert Path("icon.svg") in referred
    assert {each: get(workspace, f"/{each}").status for each in referred} == dict.fromkeys(
        referred, 200
    )


def test_the_sign_in_that_stands_in_is_served_instead_of_the_real_one(built: Folders) -> None:
    assert b"token desk" in get(workspace_of(built), "/WebResources/cht_/signin.js").body


@pytest.mark.parametrize(
    ("target", "body", "kind"),
    [
        ("/platform.js", b"platform", "text/javascript"),
        ("/controls/CaseTime/bundle.js", b"control", "text/javascript"),
        ("/WebResources/cht_/rows.js", b"rows", "text/javascript"),
        ("/controls/CaseTime/strings/CaseTime.1033.resx", b"<root />", "text/xml"),
    ],
)
def test_the_built_control_is_served(built: Folders, target: str, body: bytes, kind: str) -> None:
    answer = get(workspace_of(built), target)

    assert answer.body == body
    assert dict(answer.headers)["Content-Type"].startswith(kind)


def test_a_control_that_is_built_later_is_served_from_then_on(built: Folders) -> None:
    workspace = workspace_of(built)
    (built.control / "bundle.js").unlink()

    before = get(workspace, "/controls/CaseTime/bundle.js")
    (built.control / "bundle.js").write_text("rebuilt")

    assert before.status == 404
    assert get(workspace, "/controls/CaseTime/bundle.js").body == b"rebuilt"


@pytest.mark.parametrize(
    "target",
    [
        "/missing.js",
        "/../secret.js",
        "/%2e%2e/%2e%2e/pyproject.toml",
        "/controls/CaseTime/../secret.js",
        "/controls/CaseTime/%2e%2e/secret.js",
        "/controls/CaseTime//etc/passwd",
        "/controls/CaseTime/strings",
        "/platform.js/../../secret.js",
        "/%00.js",
        "*",
    ],
)
def test_nothing_else_is_served(built: Folders, target: str) -> None:
    assert get(workspace_of(built), target).status == 404


def test_the_page_is_only_read(workspace: Workspace) -> None:
    assert workspace.handle(Request(method="POST", target="/")).status == 405
