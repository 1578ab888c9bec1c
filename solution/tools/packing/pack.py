"""From the tree to the zip."""

from pathlib import PurePosixPath

from lxml import etree

from solution.tools.archive import zipped
from solution.tools.errors import SolutionError
from solution.tools.packing.content_types import content_types
from solution.tools.packing.documents import Element, parsed, text_of, written
from solution.tools.packing.layout import (
    CUSTOMIZATIONS,
    DATA,
    ENDPOINTS,
    MANAGED_TWIN,
    MANIFEST,
    MERGED,
    RELATIONSHIP_INDEX,
    RELATIONSHIPS,
    SECTIONS,
    SPREAD,
)
from solution.tools.packing.tree import Tree

UNMANAGED, MANAGED = "0", "1"


def packed(tree: Tree) -> bytes:
    """Return the unmanaged zip that an environment imports; the same tree gives the same bytes.

    Raises:
        SolutionError: a file is missing, is no XML, or has no place in the layout.
    """
    return _packed(tree, UNMANAGED)


def packed_managed(tree: Tree) -> bytes:
    """Return the managed zip, which differs in what its manifest says.

    A part that changes one of somebody else is written as the difference in an export that is
    managed, and only an environment can make that. We have no such part: our forms are whole, and
    public exports have forms that were made from nothing alike in both kinds.
    """
    return _packed(tree, MANAGED)


def _packed(tree: Tree, kind: str) -> bytes:
    source = _Source(tree)
    manifest = _manifest(source, kind)
    customizations = source.document(CUSTOMIZATIONS)
    files = _fill(customizations, source) | source.untouched()
    return zipped(
        {
            "[Content_Types].xml": content_types(files),
            "solution.xml": written(manifest),
            "customizations.xml": written(customizations),
            **files,
        }
    )


class _Source:
    """The files of a tree that no one has asked for yet, so that none is forgotten."""

    def __init__(self, tree: Tree) -> None:
        twins = [path for path in tree if path.endswith(MANAGED_TWIN)]
        if twins:
            raise SolutionError(f"{min(twins)} is for a managed zip, which only environments make")
        self._rest = dict(tree)

    def document(self, path: str) -> Element:
        return parsed(self.file(path), path)

    def file(self, path: str) -> bytes:
        try:
            return self._rest.pop(path)
        except KeyError as error:
            raise SolutionError(f"{path} is missing") from error

    def paths(self, folder: str, ending: str) -> list[str]:
        return sorted(
            path for path in self._rest if path.startswith(folder) and path.endswith(ending)
        )

    def documents(self, folder: str, ending: str = ".xml") -> list[Element]:
        return [self.document(path) for path in self.paths(folder, ending)]

    def untouched(self) -> Tree:
        """Return the files that travel as they are, once all others are taken."""
        lost = [path for path in self._rest if "/" not in path or path.split("/")[0] in MERGED]
        if lost:
            raise SolutionError(f"{min(lost)} has no place in a solution")
        return self._rest


def _manifest(source: _Source, kind: str) -> Element:
    manifest = source.document(MANIFEST)
    managed = manifest.find("SolutionManifest/Managed")
    if managed is None:
        raise SolutionError(f"{MANIFEST} does not say whether it is managed")
    managed.text = kind
    return manifest


def _fill(customizations: Element, source: _Source) -> Tree:
    """Put every component into its section; return the files that the components name."""
    files: Tree = {}
    for path in source.paths("Entities/", "/Entity.xml"):
        _section(customizations, "Entities").append(_table(path, source))
    for spread in SPREAD:
        for component in source.documents(spread.folder):
            _section(customizations, spread.section).append(component)
    _put_relationships(customizations, source)
    for path in source.paths("WebResources/", DATA):
        resource = source.document(path)
        _section(customizations, "WebResources").append(resource)
        name = text_of(resource, "FileName", path).removeprefix("/")
        files[name] = source.file(path.removesuffix(DATA))
    for path in source.paths("Controls/", DATA):
        _section(customizations, "CustomControls").append(source.document(path))
    files |= {path: source.file(path) for path in source.paths("Controls/", "")}
    for path in source.paths(ENDPOINTS, ""):
        _section(customizations, "ServiceEndpoints").extend(list(source.document(path)))
    return files


def _table(path: str, source: _Source) -> Element:
    """Return a table with its forms, views, charts and ribbon in it."""
    folder = path.removesuffix("Entity.xml")
    table = source.document(path)
    kinds: dict[str, Element] = {}
    for form in source.paths(f"{folder}FormXml/", ".xml"):
        kind = PurePosixPath(form).parent.name
        forms = kinds.setdefault(kind, etree.Element("forms", type=kind))
        forms.extend(list(source.document(form)))
    for kind in sorted(kinds):
        _child(table, "FormXml").append(kinds[kind])
    for view in source.documents(f"{folder}SavedQueries/"):
        _child(_child(table, "SavedQueries"), "savedqueries").extend(list(view))
    for chart in source.documents(f"{folder}Visualizations/"):
        _child(table, "Visualizations").append(chart)
    for ribbon in source.documents(f"{folder}RibbonDiff.xml"):
        table.replace(_child(table, "RibbonDiffXml"), ribbon)
    return table


def _put_relationships(customizations: Element, source: _Source) -> None:
    if not source.paths(RELATIONSHIP_INDEX, ""):
        return
    index = [str(entry.get("Name")) for entry in source.document(RELATIONSHIP_INDEX)]
    found = {
        str(relationship.get("Name")): relationship
        for document in source.documents(RELATIONSHIPS)
        for relationship in document
    }
    differing = set(index) ^ set(found)
    if differing:
        raise SolutionError(f"{RELATIONSHIP_INDEX} and its folder differ in {sorted(differing)}")
    _section(customizations, "EntityRelationships").extend(found[name] for name in index)


def _section(customizations: Element, name: str) -> Element:
    """Return a section of the document, put in its place if it is not there yet."""
    section = customizations.find(name)
    if section is None:
        later = SECTIONS[SECTIONS.index(name) + 1 :]
        section = etree.Element(name)
        following = next((each for each in customizations if each.tag in later), None)
        if following is None:
            customizations.append(section)
        else:
            following.addprevious(section)
    return section


def _child(parent: Element, name: str) -> Element:
    child = parent.find(name)
    return etree.SubElement(parent, name) if child is None else child
