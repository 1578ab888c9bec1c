"""The scenarios by name: what each is about, what Microsoft's feature does there, and what ours."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal, TypeVar

import pytest

App = Literal["workspace", "hub"]
OURS = "ours"
"""The source of a row that the product's description does not have."""

BOTH: tuple[App, ...] = ("workspace", "hub")

TestT = TypeVar("TestT", bound=Callable[..., None])


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One row of ``docs/scenarios.md``; ``source`` is where the row comes from."""

    test: str
    row: str
    source: str
    microsoft: str
    ours: str
    apps: tuple[App, ...]


_SCENARIOS: dict[tuple[str, str], Scenario] = {}


def scenario(
    *,
    row: str,
    source: str,
    microsoft: str,
    ours: str,
    apps: tuple[App, ...] = ("workspace",),
) -> Callable[[TestT], TestT]:
    """Make a test the scenario of a row, run in each of the apps."""

    def mark(test: TestT) -> TestT:
        module, name = test.__module__, getattr(test, "__name__", "")
        _SCENARIOS[module, name] = Scenario(
            test=name, row=row, source=source, microsoft=microsoft, ours=ours, apps=apps
        )
        marks = (
            pytest.mark.scenario(row=row),
            pytest.mark.enable_socket,
            pytest.mark.parametrize("app", _runs(apps, source)),
        )
        for each in marks:
            test = each(test)
        return test

    return mark


def _runs(apps: tuple[App, ...], source: str) -> list[pytest.ParameterSet]:
    """Return a run for each app; only the product's description tells the apps apart."""
    twin = pytest.mark.twin if source == OURS else ()
    return [pytest.param(app, marks=twin if app != apps[0] else ()) for app in apps]


def scenarios() -> list[Scenario]:
    """Return every scenario, in the order of the modules' names and of their lines."""
    found: list[Scenario] = []
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        name = f"{__package__}.{file.stem}"
        import_module(name)
        found += [each for (module, _), each in _SCENARIOS.items() if module == name]
    return found
