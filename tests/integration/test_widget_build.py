"""The built widget is what an environment takes: small, and on the platform's libraries."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from solution.model.identity import VERSION
from tests.local_stack.workspace import FOLDERS

pytestmark = pytest.mark.integration

MOST_BYTES = 60 * 1024
LOADED_WHEN_NEEDED = {"rows.js", "signin.js", "signin-redirect.js", "signin-redirect.html"}
PAGES = {"settings.html", "settings.js", "health.html", "health.js", "pages.css"}
NAMES = LOADED_WHEN_NEEDED | PAGES
LANGUAGES = ("1025", "1031", "1033", "1036", "1041")


@pytest.fixture(scope="module")
def bundle() -> str:
    return (FOLDERS.control / "bundle.js").read_text("utf-8")


def test_the_bundle_is_small(bundle: str) -> None:
    assert len(bundle.encode()) <= MOST_BYTES


def test_react_and_fluent_come_from_the_platform(bundle: str) -> None:
    manifest = (FOLDERS.control / "ControlManifest.xml").read_text("utf-8")
    libraries = re.findall(r'<platform-library name="(\w+)" version="([\d.]+)"', manifest)

    assert libraries == [("React", "16.14.0"), ("Fluent", "9.46.2")]
    assert "Reactv16" in bundle
    assert "FluentUIReactv940" in bundle


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_shipped(language: str) -> None:
    assert (FOLDERS.control / "strings" / f"CaseTime.{language}.resx").is_file()


def test_the_sign_in_is_a_file_of_its_own_that_is_loaded_when_needed(bundle: str) -> None:
    names = {path.name for path in FOLDERS.built_web_resources.iterdir()}

    assert names == NAMES
    assert {'"/WebResources/cht_/"', '"signin.js"', '"rows.js"'} <= set(_texts(bundle))
    assert "PublicClientApplication" not in bundle


def test_what_it_loads_later_is_asked_for_by_the_version_of_the_solution(bundle: str) -> None:
    assert f'"{VERSION}"' in _texts(bundle)


@pytest.mark.parametrize("page", sorted(name for name in NAMES if name.endswith(".html")))
def test_what_a_page_loads_is_asked_for_by_the_version_of_the_solution(page: str) -> None:
    text = (FOLDERS.built_web_resources / page).read_text("utf-8")
    loaded = [urlsplit(address) for address in re.findall(r'(?:src|href)="([^"]*)"', text)]

    assert loaded
    assert {address.path for address in loaded} <= NAMES
    assert {address.query for address in loaded} == {f"v={VERSION}"}


def test_nothing_of_the_machine_it_was_built_on_is_in_it(bundle: str) -> None:
    here = str(Path(__file__).resolve().parents[2])

    assert here not in bundle
    assert not re.search(r"sourceMappingURL", bundle)


def _texts(bundle: str) -> list[str]:
    return re.findall(r'"[^"]*"', bundle)
