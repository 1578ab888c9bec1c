"""Route templates of HTTP triggers: which function a method and a path belong to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

CONSTRAINTS = {
    "int": r"-?\d+",
    "long": r"-?\d+",
    "bool": "(?:true|false)",
    "alpha": "[A-Za-z]+",
    "guid": r"\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?",
}
PARAMETER = re.compile(r"\{(?P<star>\*{0,2})(?P<name>\w+)(?::(?P<kind>\w+))?(?P<optional>\??)\}")


class UnknownRouteSyntaxError(ValueError):
    """The template uses something this host does not imitate."""


@dataclass(frozen=True, slots=True)
class Route:
    """A template compiled for matching; no methods means all of them."""

    function: str
    template: str
    methods: frozenset[str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, function: str, template: str, *, prefix: str, methods: Iterable[str] = ()) -> Self:
        """Compile a template such as ``cases/{caseId:guid}/{*rest}``.

        Raises:
            UnknownRouteSyntaxError: a part cannot be imitated.
        """
        parts = [part for part in (*prefix.split("/"), *template.split("/")) if part]
        pattern = "".join(_pattern(part) for part in parts)
        allowed = frozenset(method.upper() for method in methods)
        return cls(function, template, allowed, re.compile(pattern + "/?", re.IGNORECASE))

    @property
    def precedence(self) -> tuple[int, int]:
        """Literal parts win over parameters, longer templates over shorter ones."""
        return self.template.count("{"), -len(self.template)


def _pattern(part: str) -> str:
    if "{" not in part:
        return "/" + re.escape(part)
    match = PARAMETER.fullmatch(part)
    kind = match["kind"] if match else None
    if match is None or (kind and kind not in CONSTRAINTS):
        raise UnknownRouteSyntaxError(part)
    wanted = ".*" if match["star"] else CONSTRAINTS[kind] if kind else "[^/]+"
    pattern = f"/(?P<{match['name']}>{wanted})"
    return f"(?:{pattern})?" if match["star"] or match["optional"] else pattern


class RouteTable:
    """The routes of an app, the most specific ones first."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = sorted(routes, key=lambda route: route.precedence)

    def match(self, method: str, path: str) -> tuple[str, Mapping[str, str]] | None:
        """Return the function and its route parameters; a method not listed matches nothing."""
        for route in self._routes:
            if (route.methods and method not in route.methods) or method == "HEAD":
                continue
            found = route.pattern.fullmatch(path)
            if found:
                given = {name: value for name, value in found.groupdict().items() if value}
                return route.function, given
        return None
