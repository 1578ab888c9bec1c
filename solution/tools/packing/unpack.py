"""From the zip back to the tree."""

from collections.abc import Iterator

from lxml import etree

from solution.tools.archive import refuse_to_leave, unzipped
from solution.tools.errors import SolutionError
from solution.tools.packing.documents import Element, parsed, text_of, written
from solution.tools.packing.layout import (
    CUSTOMIZATIONS,
    DATA,
    ENDPOINTS,
    MANIFEST,
    RELATIONSHIP_INDEX,
    RELATIONSHIPS,
    SPREAD,
)
from solution.tools.packing.pack import UNMANAGED
from solution.tools.packing.tree import Tree

EITHER = "2"
"""What the manifest of a source says: nothing in it is of managed or unmanaged kind only."""


def unpacked(archive: bytes) -> Tree:
    """Return the tree that a zip was packed from, each file written one way.

    Raises:
        SolutionError: it is no unmanaged solution, or a file of it would be written elsewhere.
    """
    files = unzipped(archive)
    for name in ("solution.xml", "customizations.xml", "[Content_Types].xml"):
        if name not in files:
            raise SolutionError(f"this is no solution: {name} is missing at the root of the zip")
    del files["[Content_Types].xml"]
    tree = {MANIFEST: written(_manifest(files.pop("solution.xml")))}
    customizations = parsed(files.pop("customizations.xml"), "customizations.xml")
    for path, content in _components(customizations, files):
        refuse_to_leave(path)
        if path in tree:
            raise SolutionError(f"two components would both be {path}")
        tree[path] = content
    tree[CUSTOMIZATIONS] = written(customizations)
    return dict(sorted((tree | files).items()))


def _manifest(data: bytes) -> Element:
    manifest = parsed(data, "solution.xml")
    managed = manifest.find("SolutionManifest/Managed")
    if managed is None or managed.text != UNMANAGED:
        raise SolutionError(
            "this is no unmanaged solution: a managed one holds differences, not the source"
        )
    managed.text = EITHER
    return manifest


def _components(customizations: Element, files: Tree) -> Iterator[tuple[str, bytes]]:
    """Take the components out of the document, and the files they name out of ``files``."""
    for table in _taken(customizations, "Entities"):
        yield from _table(table)
    for spread in SPREAD:
        for component in _taken(customizations, spread.section):
            yield spread.folder + spread.name(component), written(component)
    yield from _relationships(_taken(customizations, "EntityRelationships"))
    for resource in _taken(customizations, "WebResources"):
        name = "WebResources/" + text_of(resource, "Name", "a web resource")
        yield name + DATA, written(resource)
        yield name, _file(files, text_of(resource, "FileName", name).removeprefix("/"))
    for control in _taken(customizations, "CustomControls"):
        manifest = text_of(control, "FileName", "a control").removeprefix("/")
        if manifest not in files:
            raise SolutionError(f"{manifest} is missing in the zip")
        yield manifest + DATA, written(control)
    endpoints = _taken(customizations, "ServiceEndpoints")
    if endpoints:
        yield ENDPOINTS, written(_all_in("ServiceEndpoints", endpoints))


def _table(table: Element) -> Iterator[tuple[str, bytes]]:
    """Cut a table's forms, views, charts and ribbon out of it."""
    name = text_of(table, "Name", "a table")
    folder = f"Entities/{name}/"
    for forms in _taken(table, "FormXml"):
        for form in list(forms):
            path = f"{folder}FormXml/{forms.get('type')}/{text_of(form, 'formid', name)}.xml"
            yield path, written(_all_in("forms", [form]))
    for views in _taken(table, "SavedQueries"):
        for view in list(views):
            path = f"{folder}SavedQueries/{text_of(view, 'savedqueryid', name)}.xml"
            yield path, written(_all_in("savedqueries", [view]))
    for chart in _taken(table, "Visualizations"):
        identifier = text_of(chart, "savedqueryvisualizationid", name)
        yield f"{folder}Visualizations/{identifier}.xml", written(chart)
    ribbon = table.find("RibbonDiffXml")
    if ribbon is not None and len(ribbon):
        yield f"{folder}RibbonDiff.xml", written(ribbon)
        table.replace(ribbon, etree.Element("RibbonDiffXml"))
    yield f"{folder}Entity.xml", written(table)


def _relationships(relationships: list[Element]) -> Iterator[tuple[str, bytes]]:
    """Gather the relationships by the table they lead to, and list their names."""
    if not relationships:
        return
    index = etree.Element("EntityRelationships")
    led_to: dict[str, list[Element]] = {}
    for relationship in relationships:
        name = str(relationship.get("Name"))
        etree.SubElement(index, "EntityRelationship", Name=name)
        led_to.setdefault(text_of(relationship, "ReferencedEntityName", name), []).append(
            relationship
        )
    yield RELATIONSHIP_INDEX, written(index)
    for table, of_table in led_to.items():
        yield f"{RELATIONSHIPS}{table}.xml", written(_all_in("EntityRelationships", of_table))


def _taken(parent: Element, name: str) -> list[Element]:
    """Return what is in a section and leave the section empty, as Microsoft's packager does."""
    section = parent.find(name)
    if section is None:
        return []
    taken = list(section)
    for each in taken:
        section.remove(each)
    return taken


def _all_in(name: str, elements: list[Element]) -> Element:
    parent = etree.Element(name)
    parent.extend(elements)
    return parent


def _file(files: Tree, name: str) -> bytes:
    try:
        return files.pop(name)
    except KeyError as error:
        raise SolutionError(f"{name} is missing in the zip") from error
