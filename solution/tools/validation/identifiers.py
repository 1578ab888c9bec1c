"""Ids and names: well-formed, unique, ours, and the file's name is the component's."""

import re
from collections.abc import Iterator

from solution.tools.packing.documents import Element
from solution.tools.packing.layout import SPREAD
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import PREFIX, Document, Solution

GUID = re.compile(r"\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}")
FORM_PARTS = ("tab", "section", "cell")

Identified = tuple[str, str]
"""A file and an id in it."""


def ids_are_well_formed(solution: Solution) -> Iterator[Finding]:
    """Ids are lower-case and in braces, as the packer and every comparison expects them."""
    for place, identifier in (*_component_ids(solution), *_form_part_ids(solution)):
        if not GUID.fullmatch(identifier):
            yield Finding(
                place, "id-malformed", f"{identifier!r} is no id of the form {{8-4-4-4-12}}"
            )


def ids_are_unique(solution: Solution) -> Iterator[Finding]:
    """No component has another's id, and no part of a form another part's."""
    yield from _repeated(_component_ids(solution))
    yield from _repeated(_form_part_ids(solution))


def files_are_named_as_their_component(solution: Solution) -> Iterator[Finding]:
    """Every file lies where unpacking would put it, so that a round trip moves nothing."""
    for place, expected in _places(solution):
        if place != expected:
            yield Finding(place, "file-misnamed", f"what it holds belongs in {expected}")


def names_have_our_prefix(solution: Solution) -> Iterator[Finding]:
    """Whatever is made by us says so, and cannot meet another publisher's."""
    for place, name in _names(solution):
        if not name.startswith(PREFIX):
            yield Finding(place, "prefix", f"{name} does not begin with {PREFIX}")


def entity_sets_are_unique(solution: Solution) -> Iterator[Finding]:
    """No two tables have the same address."""
    first: dict[str, str] = {}
    for table in solution.tables.values():
        name = table.property("EntitySetName")
        if name and first.setdefault(name, table.schema_name) != table.schema_name:
            other = first[name]
            yield Finding(table.place, "entity-set-twice", f"{name} is the address of {other} too")


def _component_ids(solution: Solution) -> Iterator[Identified]:
    for table in solution.tables.values():
        for form in table.forms:
            yield from _texts(form, "systemform/formid")
        for view in table.views:
            yield from _texts(view, "savedquery/savedqueryid")
        for chart in table.charts:
            yield from _texts(chart, "savedqueryvisualizationid")
    for dashboard in solution.dashboards:
        yield from _texts(dashboard, "FormId")
    for resource in solution.web_resources:
        yield from _texts(resource, "WebResourceId")
    for role in solution.roles:
        yield role.place, role.root.get("id", "")


def _texts(document: Document, path: str) -> Iterator[Identified]:
    for element in document.root.iterfind(path):
        yield document.place, element.text or ""


def _form_part_ids(solution: Solution) -> Iterator[Identified]:
    for place, part in solution.every(*FORM_PARTS):
        if _in_form(part):
            yield place, part.get("id", "")
    for place, control in solution.every("control"):
        identifier = control.get("uniqueid")
        if identifier is not None:
            yield place, identifier


def _in_form(element: Element) -> bool:
    return next(element.iterancestors("form"), None) is not None


def _repeated(identified: Iterator[Identified]) -> Iterator[Finding]:
    places: dict[str, list[str]] = {}
    for place, identifier in identified:
        places.setdefault(identifier.lower(), []).append(place)
    for identifier, all_places in places.items():
        for place in all_places[1:]:
            yield Finding(place, "id-twice", f"{identifier} is an id in {all_places[0]} already")


def _places(solution: Solution) -> Iterator[tuple[str, str]]:
    for spread in SPREAD:
        for document in solution.documents(spread.folder):
            yield document.place, spread.folder + spread.name(document.root)
    for table in solution.tables.values():
        folder = f"Entities/{table.schema_name}/"
        yield table.place, f"{folder}Entity.xml"
        for form in table.forms:
            kind = form.place.split("/")[3]
            yield form.place, f"{folder}FormXml/{kind}/{form.text('systemform/formid')}.xml"
        for view in table.views:
            yield view.place, f"{folder}SavedQueries/{view.text('savedquery/savedqueryid')}.xml"
        for chart in table.charts:
            identifier = chart.text("savedqueryvisualizationid")
            yield chart.place, f"{folder}Visualizations/{identifier}.xml"
    for place, relationship in solution.relationships:
        one = relationship.findtext("ReferencedEntityName", "")
        yield place, f"Other/Relationships/{one}.xml"
    for name, setting in solution.settings.items():
        yield setting.place, f"settingdefinitions/{name}/settingdefinition.xml"


def _names(solution: Solution) -> Iterator[Identified]:
    for table in solution.tables.values():
        custom = [each for each in table.columns.values() if each.findtext("IsCustomField") == "1"]
        if custom:
            yield table.place, table.schema_name
            yield table.place, table.property("EntitySetName")
        for column in custom:
            yield table.place, column.get("PhysicalName", "")
    for choice in solution.choices:
        yield choice.place, choice.root.get("Name", "")
    for resource in solution.web_resources:
        yield resource.place, resource.text("Name")
    for control in solution.controls:
        yield control.place, control.text("Name")
    for app in solution.apps:
        yield app.place, app.text("UniqueName")
    for site_map in solution.site_maps:
        yield site_map.place, site_map.text("SiteMapUniqueName")
    for name, setting in solution.settings.items():
        yield setting.place, name
