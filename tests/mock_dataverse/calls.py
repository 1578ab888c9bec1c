"""One operation as the rest of the mock sees it: a request or a part of a batch, and its answer."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from werkzeug.datastructures import Headers

from tests.mock_dataverse.errors import bad_payload, bad_query

API = "/api/data/"
PAGE_SIZE = re.compile("[1-9][0-9]{0,8}")
VERSIONS = ("v9.0", "v9.1", "v9.2")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What ``Prefer`` asks for."""

    representation: bool = False
    annotations: str = ""
    page_size: int | None = None
    continue_on_error: bool = False
    track_changes: bool = False

    def wants(self, annotation: str) -> bool:
        """Tell if an annotation was asked for; patterns are ``*`` and ``Some.Prefix.*``."""
        for pattern in self.annotations.split(","):
            if pattern in ("*", annotation):
                return True
            if pattern.endswith("*") and annotation.startswith(pattern[:-1]):
                return True
        return False

    def applied(self) -> str:
        """Return the value of ``Preference-Applied``."""
        said = []
        if self.representation:
            said.append("return=representation")
        if self.annotations:
            said.append(f'odata.include-annotations="{self.annotations}"')
        if self.page_size:
            said.append(f"odata.maxpagesize={self.page_size}")
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Call:
    """One operation: ``path`` is what follows the version, both parts still percent-encoded."""

    method: str
    path: str
    query: str = ""
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""

    @property
    def options(self) -> dict[str, str]:
        """Return the query string by name; a doubled name is refused."""
        found: dict[str, str] = {}
        for pair in filter(None, self.query.split("&")):
            name, _, value = pair.partition("=")
            name = unquote_plus(name)
            if name in found:
                raise bad_query(f"Query option '{name}' was specified more than once.")
            found[name] = unquote_plus(value)
        return found

    @property
    def preferences(self) -> Preferences:
        return parse_preferences(self.headers.getlist("Prefer"))

    def condition(self, name: str) -> str | None:
        """Return a conditional header; the literal ``null`` counts as absent."""
        value = self.headers.get(name)
        return None if value in (None, "", "null") else value

    def json_body(self) -> dict[str, object]:
        """Return the body.

        Raises:
            DataverseError: 400, it is no JSON object, or holds what is no text or no number.
        """
        try:
            text = self.body.decode()
            body = json.loads(text or "null", parse_constant=_refuse_constant)
            if "\\u" in text:
                # The escape of half an emoji is valid JSON, and no character: no text can hold it.
                json.dumps(body, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise bad_payload("it is not valid JSON.") from error
        if not isinstance(body, dict):
            raise bad_payload("a JSON object is expected.")
        return body


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, headers and perhaps a body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def _refuse_constant(name: str) -> None:
    """Refuse what Python takes for a number and JSON does not know: NaN and infinities."""
    raise ValueError(f"{name} is no number")


def json_answer(
    body: Mapping[str, object], *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Answer:
    content = {"Content-Type": "application/json; odata.metadata=minimal"}
    text = json.dumps(body, separators=(",", ":"))
    return Answer(status, {**content, **(headers or {})}, text.encode())


def parse_preferences(values: list[str]) -> Preferences:
    """Read ``Prefer`` headers, several of them or one list. What is unknown is not applied."""
    representation = continues = tracks = False
    annotations, page_size = "", None
    for part in _split_outside_quotes(",".join(values)):
        name, _, value = (text.strip() for text in part.partition("="))
        match name.lower():
            case "return":
                representation = value == "representation"
            case "odata.include-annotations":
                annotations = value.strip('"')
            case "odata.maxpagesize" if PAGE_SIZE.fullmatch(value):
                page_size = int(value)
            case "odata.continue-on-error":
                continues = value != "false"
            case "odata.track-changes":
                tracks = True
            case _:
                pass
    return Preferences(representation, annotations, page_size, continues, tracks)


def _split_outside_quotes(text: str) -> list[str]:
    parts, quoted = [""], False
    for character in text:
        quoted ^= character == '"'
        if character == "," and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]
