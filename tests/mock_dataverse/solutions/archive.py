"""A solution's zip: its three root parts, and the files that the parts name."""

from base64 import b64decode
from binascii import Error as NotBase64Error
from dataclasses import dataclass, field
from io import BytesIO
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from lxml import etree

from tests.mock_dataverse.columns import GUID

Element = etree._Element  # noqa: SLF001 - the name that lxml gives it

ROOT_PARTS = ("solution.xml", "customizations.xml", "[Content_Types].xml")
ENGLISH = "1033"


class ImportFailedError(Exception):
    """The solution is not imported; the text says what is wrong with which part."""


def not_simulated_part(what: str) -> ImportFailedError:
    """Refuse honestly: the product may import this, the mock does not."""
    return ImportFailedError(f"The mock does not simulate {what}. See SUPPORTED.md.")


@dataclass(slots=True)
class Archive:
    """The files of a zip, and which of them somebody has asked for."""

    files: dict[str, bytes]
    read: set[str] = field(default_factory=lambda: set(ROOT_PARTS))

    def file(self, name: str, wanted_by: str) -> bytes:
        name = name.removeprefix("/")
        if name not in self.files:
            raise ImportFailedError(f"{wanted_by} names the file {name}, which is not in the zip.")
        self.read.add(name)
        return self.files[name]

    def document(self, name: str, wanted_by: str = "The solution") -> Element:
        return parsed(self.file(name, wanted_by), name)

    def unread(self) -> list[str]:
        return sorted(self.files.keys() - self.read)


def opened(content: bytes) -> Archive:
    """Return the files of a zip.

    Raises:
        ImportFailedError: it is no zip, or lacks a root part.
    """
    try:
        with ZipFile(BytesIO(content)) as file:
            files = {name: file.read(name) for name in file.namelist() if not name.endswith("/")}
    except BadZipFile as error:
        raise ImportFailedError("The solution file is no zip file.") from error
    missing = [name for name in ROOT_PARTS if name not in files]
    if missing:
        raise ImportFailedError(
            f"The solution file is invalid: its root lacks {', '.join(missing)}."
        )
    return Archive(files)


def decoded(text: object) -> bytes:
    """Return the bytes of a base64 text.

    Raises:
        ImportFailedError: it is none.
    """
    try:
        return b64decode(str(text), validate=True)
    except (NotBase64Error, ValueError) as error:
        raise ImportFailedError("The solution file is not base64.") from error


def parsed(content: bytes, name: str) -> Element:
    parser = etree.XMLParser(
        remove_blank_text=True, remove_comments=True, resolve_entities=False, no_network=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ImportFailedError(f"{name} is not well-formed: {error}") from error


def tag_of(element: Element) -> str:
    """Return the element's name; no name in a solution is in a namespace."""
    return str(element.tag)


def said(element: Element, path: str) -> str:
    """Return the text at a path.

    Raises:
        ImportFailedError: there is none.
    """
    text = (element.findtext(path) or "").strip()
    if not text:
        raise ImportFailedError(f"A {tag_of(element)} has no {path}.")
    return text


def flag(element: Element, path: str) -> int:
    """Return 1 or 0; what is not said is 0."""
    return int((element.findtext(path) or "0").strip() == "1")


def number(element: Element, path: str) -> int:
    text = said(element, path)
    try:
        return int(text)
    except ValueError as error:
        raise ImportFailedError(f"{path} of a {tag_of(element)} is no number: {text}.") from error


def english(element: Element, path: str) -> str | None:
    """Return the English one of the texts at a path."""
    for each in element.iterfind(path):
        if each.get("languagecode") == ENGLISH:
            return each.get("description")
    return None


def named(element: Element, path: str) -> str:
    """Return the English one of the texts at a path.

    Raises:
        ImportFailedError: there is none.
    """
    text = english(element, path)
    if not text:
        raise ImportFailedError(f"A {tag_of(element)} has no English {path}.")
    return text


def identity(text: str | None, owner: str) -> UUID:
    """Return an id that may stand in braces."""
    bare = (text or "").strip().strip("{}")
    if not GUID.fullmatch(bare):
        raise ImportFailedError(f"{owner} has no valid id: {text}.")
    return UUID(bare)


def content_of_itself(element: Element) -> str:
    """Return an element as text, as rows keep it."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def content_of(element: Element, path: str) -> str | None:
    """Return the one document below a path as text, as rows keep it."""
    place = element.find(path)
    if place is None or not len(place):
        return None
    return content_of_itself(place[0])
