"""The solution, parsed once for all checks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from solution.model.identity import PUBLISHER_PREFIX
from solution.tools.errors import SolutionError
from solution.tools.packing.documents import Element, parsed
from solution.tools.packing.layout import DATA, MANIFEST, RELATIONSHIPS
from solution.tools.packing.tree import Tree
from solution.tools.validation.built_in import COLUMNS

PREFIX = f"{PUBLISHER_PREFIX}_"
ELASTIC_PROVIDER = "{1d9bde74-9ebd-4da9-8ff5-aa74945b9f74}"
"""The data provider that makes a table elastic."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file."""

    place: str
    root: Element

    def text(self, path: str) -> str:
        """Return the text at a path, empty when there is none."""
        return self.root.findtext(path, "")


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of the tree: one of ours, or a built-in one that something of ours is put on."""

    schema_name: str
    definition: Document
    forms: list[Document] = field(default_factory=list)
    views: list[Document] = field(default_factory=list)
    charts: list[Document] = field(default_factory=list)

    @property
    def place(self) -> str:
        return self.definition.place

    @property
    def logical_name(self) -> str:
        return self.schema_name.lower()

    @property
    def ours(self) -> bool:
        return self.schema_name.startswith(PREFIX)

    @cached_property
    def columns(self) -> dict[str, Element]:
        """Return its columns by their logical name."""
        attributes = self.definition.root.iterfind("EntityInfo/entity/attributes/attribute")
        return {each.findtext("LogicalName", ""): each for each in attributes}

    @property
    def elastic(self) -> bool:
        return self.property("DataProviderId").lower() == ELASTIC_PROVIDER

    def property(self, name: str) -> str:
        return self.definition.text(f"EntityInfo/entity/{name}")


class Solution:
    """What a tree consists of.

    Raises:
        SolutionError: a file that should be XML is not, or the manifest is missing.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._documents = {
            place: Document(place, parsed(content, place))
            for place, content in tree.items()
            if _is_document(place)
        }
        if MANIFEST not in self._documents:
            raise SolutionError(f"this is no solution: {MANIFEST} is missing")
        self.manifest = self._documents[MANIFEST]

    def document(self, place: str) -> Document | None:
        return self._documents.get(place)

    def documents(self, folder: str = "", ending: str = "") -> list[Document]:
        """Return the parsed files of a folder, in the order of their places."""
        return [
            self._documents[place]
            for place in sorted(self._documents)
            if place.startswith(folder) and place.endswith(ending)
        ]

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Return the tables by their logical name."""
        return {
            table.logical_name: table
            for table in map(self._table, self.documents("Entities/", "/Entity.xml"))
        }

    def _table(self, definition: Document) -> Table:
        folder = definition.place.removesuffix("Entity.xml")
        return Table(
            schema_name=definition.text("Name"),
            definition=definition,
            forms=self.documents(f"{folder}FormXml/"),
            views=self.documents(f"{folder}SavedQueries/"),
            charts=self.documents(f"{folder}Visualizations/"),
        )

    def columns_of(self, table: str) -> frozenset[str] | None:
        """Return the logical names of a table's columns; None if there is no such table."""
        ours = self.tables.get(table)
        if ours is not None and ours.ours:
            return frozenset(ours.columns)
        return COLUMNS.get(table)

    @cached_property
    def relationships(self) -> list[tuple[str, Element]]:
        """Return the relationships, each with its file."""
        return [
            (document.place, relationship)
            for document in self.documents(RELATIONSHIPS)
            for relationship in document.root
        ]

    @cached_property
    def roles(self) -> list[Document]:
        return self.documents("Roles/")

    @cached_property
    def dashboards(self) -> list[Document]:
        return self.documents("Dashboards/")

    @cached_property
    def choices(self) -> list[Document]:
        return self.documents("OptionSets/")

    @cached_property
    def web_resources(self) -> list[Document]:
        return self.documents("WebResources/", DATA)

    @cached_property
    def controls(self) -> list[Document]:
        return self.documents("Controls/", DATA)

    @cached_property
    def apps(self) -> list[Document]:
        return self.documents("AppModules/")

    @cached_property
    def site_maps(self) -> list[Document]:
        return self.documents("AppModuleSiteMaps/")

    @cached_property
    def settings(self) -> dict[str, Document]:
        """Return the setting definitions by their name."""
        return {
            document.root.get("uniquename", ""): document
            for document in self.documents("settingdefinitions/")
        }

    def every(self, *names: str) -> Iterator[tuple[str, Element]]:
        """Return the elements of these names in all documents, each with its file."""
        for document in self.documents():
            for element in document.root.iter(*names):
                yield document.place, element


def _is_document(place: str) -> bool:
    """Tell whether a file describes a component; built ones and those they name do not."""
    path = PurePosixPath(place)
    if path.parts[0] in {"WebResources", "Controls"}:
        return place.endswith(DATA)
    return path.suffix == ".xml"
