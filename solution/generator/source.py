"""Everything that is generated, as one tree, and what of a tree is out of date."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from solution.generator.choices import choice
from solution.generator.elements import braced
from solution.generator.entities import entity
from solution.generator.forms import form
from solution.generator.manifest import customizations, manifest
from solution.generator.relationships import by_referenced_table, index
from solution.generator.roles import role
from solution.generator.settings import setting
from solution.generator.views import view
from solution.generator.webhooks import endpoints, shipped_steps, step
from solution.model.choices import CHOICES
from solution.model.identity import PUBLISHER_PREFIX
from solution.model.roles import ROLES
from solution.model.settings import SETTINGS
from solution.model.tables import TABLES
from solution.model.views import FORMS, VIEWS
from solution.tools.packing.documents import Element, written
from solution.tools.packing.layout import (
    CUSTOMIZATIONS,
    ENDPOINTS,
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
    return files | {MANIFEST: written(manifest(by_hand | files))}


def _documents(by_hand: Tree) -> Iterator[tuple[str, Element]]:
    yield CUSTOMIZATIONS, customizations()
    yield from _tables(by_hand)
    yield RELATIONSHIP_INDEX, index()
    for table, document in by_referenced_table().items():
        yield f"{RELATIONSHIPS}{table}.xml", document
    for options in CHOICES:
        yield f"OptionSets/{options.name}.xml", choice(options)
    for each in ROLES:
        yield f"Roles/{each.name}.xml", role(each)
    for definition in SETTINGS:
        folder = f"settingdefinitions/{definition.unique_name}"
        yield f"{folder}/settingdefinition.xml", setting(definition)
    yield ENDPOINTS, endpoints()
    for shipped in shipped_steps():
        yield f"SdkMessageProcessingSteps/{braced(shipped.id)}.xml", step(shipped)


def _tables(by_hand: Tree) -> Iterator[tuple[str, Element]]:
    for table in TABLES:
        folder = f"Entities/{table.schema_name}"
        has_charts = any(path.startswith(f"{folder}/Visualizations/") for path in by_hand)
        yield f"{folder}/Entity.xml", entity(table, has_charts=has_charts)
    for each in FORMS:
        yield f"Entities/{each.table.schema_name}/FormXml/main/{braced(each.id)}.xml", form(each)
    for listed in VIEWS:
        folder = f"Entities/{listed.table.schema_name}/SavedQueries"
        yield f"{folder}/{braced(listed.id)}.xml", view(listed)


def _is_ours(path: str) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in OURS)
