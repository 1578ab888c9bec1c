"""Everything that is generated, as one tree, and what of a tree is out of date."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from solution.generator.choices import choice_document
from solution.generator.elements import braced
from solution.generator.entities import table_document
from solution.generator.forms import form_document
from solution.generator.manifest import customizations_document, manifest_document
from solution.generator.relationships import documents_by_referenced_table, index_document
from solution.generator.roles import role_document
from solution.generator.settings import setting_document
from solution.generator.views import view_document
from solution.model.choices import CHOICES
from solution.model.forms import FORMS
from solution.model.identity import PUBLISHER_PREFIX
from solution.model.roles import ROLES
from solution.model.settings import SETTINGS
from solution.model.tables import TABLES
from solution.model.views import VIEWS
from solution.tools.packing.documents import Element, written
from solution.tools.packing.layout import (
    CUSTOMIZATIONS,
    MANIFEST,
    RELATIONSHIP_INDEX,
    RELATIONSHIPS,
)
from solution.tools.packing.tree import Tree

OURS = (
    f"Entities/{PUBLISHER_PREFIX}_*/Entity.xml",
    f"Entities/{PUBLISHER_PREFIX}_*/FormXml/*",
    f"Entities/{PUBLISHER_PREFIX}_*/SavedQueries/*",
    "OptionSets/*",
    "Other/*",
    "PluginAssemblies/*",
    "Roles/*",
    "SdkMessageProcessingSteps/*",
    "settingdefinitions/*",
)
"""Where nothing lies that is made by hand; what is no longer generated there is removed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to happen to a tree, so that its generated part is current."""

    to_write: Tree
    to_remove: tuple[str, ...]

    def paths(self) -> list[str]:
        return sorted({*self.to_write, *self.to_remove})


def difference(tree: Tree) -> Difference:
    """Compare a tree with what the model says; what was made by hand counts only as a part."""
    by_hand = {path: content for path, content in tree.items() if not _is_ours(path)}
    current = generated(by_hand)
    return Difference(
        {path: content for path, content in current.items() if tree.get(path) != content},
        tuple(sorted(path for path in tree if _is_ours(path) and path not in current)),
    )


def generated(by_hand: Tree) -> Tree:
    """Return all generated files; the manifest lists them and what is made by hand."""
    files = {path: written(document) for path, document in _documents(by_hand)}
    return files | {MANIFEST: written(manifest_document(by_hand | files))}


def _documents(by_hand: Tree) -> Iterator[tuple[str, Element]]:
    yield CUSTOMIZATIONS, customizations_document()
    yield from _tables(by_hand)
    yield RELATIONSHIP_INDEX, index_document()
    for table, document in documents_by_referenced_table().items():
        yield f"{RELATIONSHIPS}{table}.xml", document
    for options in CHOICES:
        yield f"OptionSets/{options.name}.xml", choice_document(options)
    for role in ROLES:
        yield f"Roles/{role.name}.xml", role_document(role)
    for definition in SETTINGS:
        folder = f"settingdefinitions/{definition.unique_name}"
        yield f"{folder}/settingdefinition.xml", setting_document(definition)


def _tables(by_hand: Tree) -> Iterator[tuple[str, Element]]:
    for table in TABLES:
        folder = f"Entities/{table.schema_name}"
        has_charts = any(path.startswith(f"{folder}/Visualizations/") for path in by_hand)
        yield f"{folder}/Entity.xml", table_document(table, has_charts=has_charts)
    for form in FORMS:
        folder = f"Entities/{form.table.schema_name}/FormXml/main"
        yield f"{folder}/{braced(form.id)}.xml", form_document(form)
    for view in VIEWS:
        folder = f"Entities/{view.table.schema_name}/SavedQueries"
        yield f"{folder}/{braced(view.id)}.xml", view_document(view)


def _is_ours(path: str) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in OURS)
