"""What the manifest lists as part of the solution, and what there is."""

from collections.abc import Iterator
from dataclasses import dataclass

from solution.tools.packing.layout import MANIFEST
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Document, Solution, Table

TABLE, CHOICE, ROLE, VIEW, CHART, FORM = "1", "9", "20", "26", "59", "60"
WEB_RESOURCE, SITE_MAP, CONTROL, APP = "61", "62", "66", "80"
ROOTS = "SolutionManifest/RootComponents/RootComponent"
WITH_ALL_PARTS = "0"
"""How much of a table is in the solution: whole, so that its forms and views are not listed."""


@dataclass(frozen=True, slots=True, order=True)
class Component:
    """A part of the solution as the manifest lists it: by number, and by schema name or id."""

    number: str
    name: str


def listed_components_are_there(solution: Solution) -> Iterator[Finding]:
    there = dict(_components(solution))
    for component in _listed(solution):
        if component not in there:
            message = f"the component {component.name} of type {component.number} has no file"
            yield Finding(MANIFEST, "component-missing", message)


def components_are_listed(solution: Solution) -> Iterator[Finding]:
    listed = set(_listed(solution))
    for component, place in _components(solution):
        if component not in listed:
            message = f"{MANIFEST} does not list {component.name} of type {component.number}"
            yield Finding(place, "component-unlisted", message)


def _listed(solution: Solution) -> Iterator[Component]:
    for root in solution.manifest.root.iterfind(ROOTS):
        name = root.get("schemaName") or root.get("id") or ""
        yield Component(root.get("type", ""), name.lower())


def _components(solution: Solution) -> Iterator[tuple[Component, str]]:
    """Return what an export lists; setting definitions it does not."""
    for number, name, place in _rows(solution):
        yield Component(number, name.lower()), place


def _rows(solution: Solution) -> Iterator[tuple[str, str, str]]:
    """Return number, name and file of each component."""
    for table in solution.tables.values():
        yield TABLE, table.logical_name, table.place
        if _behavior(solution, table) != WITH_ALL_PARTS:
            yield from _parts(table)
    yield from _by_attribute(CHOICE, solution.choices, "Name")
    yield from _by_attribute(ROLE, solution.roles, "id")
    yield from _by_text(FORM, solution.dashboards, "FormId")
    yield from _by_text(WEB_RESOURCE, solution.web_resources, "Name")
    yield from _by_text(CONTROL, solution.controls, "Name")
    yield from _by_text(SITE_MAP, solution.site_maps, "SiteMapUniqueName")
    yield from _by_text(APP, solution.apps, "UniqueName")


def _by_attribute(
    number: str, documents: list[Document], attribute: str
) -> Iterator[tuple[str, str, str]]:
    return ((number, each.root.get(attribute, ""), each.place) for each in documents)


def _by_text(number: str, documents: list[Document], path: str) -> Iterator[tuple[str, str, str]]:
    return ((number, each.text(path), each.place) for each in documents)


def _parts(table: Table) -> Iterator[tuple[str, str, str]]:
    yield from _by_text(FORM, table.forms, "systemform/formid")
    yield from _by_text(VIEW, table.views, "savedquery/savedqueryid")
    yield from _by_text(CHART, table.charts, "savedqueryvisualizationid")


def _behavior(solution: Solution, table: Table) -> str:
    """Return how much of a table the manifest takes in; an unlisted table counts as whole."""
    for root in solution.manifest.root.iterfind(ROOTS):
        if root.get("type") == TABLE and root.get("schemaName", "") == table.logical_name:
            return root.get("behavior", WITH_ALL_PARTS)
    return WITH_ALL_PARTS
