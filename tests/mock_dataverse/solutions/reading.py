"""A zip to the parts of a solution; nothing is left unread that the product would use."""

from collections.abc import Iterator

from tests.mock_dataverse.solutions import reading_access, reading_parts
from tests.mock_dataverse.solutions.archive import (
    Archive,
    Element,
    ImportFailedError,
    flag,
    identity,
    named,
    not_simulated_part,
    number,
    opened,
    said,
    tag_of,
)
from tests.mock_dataverse.solutions.parts import Part, Root, SolutionParts
from tests.mock_dataverse.solutions.reading_tables import (
    Surroundings,
    global_choices,
    relationships,
    table_of,
)
from tests.mock_dataverse.solutions.rows import manifest_parts

READ_SECTIONS = frozenset(
    {
        "Entities",
        "EntityRelationships",
        "Roles",
        "optionsets",
        "Dashboards",
        "WebResources",
        "CustomControls",
        "AppModuleSiteMaps",
        "AppModules",
        "Languages",
    }
)


def read_solution(content: bytes) -> SolutionParts:
    """Return what the zip brings.

    Raises:
        ImportFailedError: it is no solution, contradicts itself, or has what the mock cannot do.
    """
    archive = opened(content)
    manifest = _manifest(archive)
    customizations = archive.document("customizations.xml")
    for section in customizations:
        if len(section) and tag_of(section) not in READ_SECTIONS:
            raise not_simulated_part(f"the section {tag_of(section)}")
    choices = global_choices(customizations)
    around = Surroundings(relationships(customizations), choices)
    entities = customizations.findall("Entities/Entity")
    tables = [table_of(entity, around) for entity in entities]
    found = SolutionParts(
        name=said(manifest, "UniqueName"),
        version=said(manifest, "Version"),
        managed=_is_managed(manifest),
        languages=_languages(archive),
        roots=tuple(map(_root, manifest.iterfind("RootComponents/RootComponent"))),
        shells=tuple(
            said(entity, "Name").lower()
            for entity, table in zip(entities, tables, strict=True)
            if table is None
        ),
        choices=tuple(choices.values()),
        tables=tuple(table for table in tables if table is not None),
        roles=tuple(map(reading_access.role, customizations.iterfind("Roles/Role"))),
        parts=tuple(_parts(archive, manifest, customizations)),
        mentions=tuple(reading_parts.mentions(customizations)),
    )
    if archive.unread():
        raise not_simulated_part(f"the file {archive.unread()[0]}")
    return found


def read_manifest(content: bytes) -> dict[str, str]:
    """Return what staging tells of a solution: names and version.

    Raises:
        ImportFailedError: it is no solution.
    """
    manifest = _manifest(opened(content))
    return {
        "SolutionUniqueName": said(manifest, "UniqueName"),
        "SolutionFriendlyName": named(manifest, "LocalizedNames/LocalizedName"),
        "SolutionVersion": said(manifest, "Version"),
        "SolutionPublisherUniqueName": said(manifest, "Publisher/UniqueName"),
        "SolutionPublisherFriendlyName": named(manifest, "Publisher/LocalizedNames/LocalizedName"),
    }


def _manifest(archive: Archive) -> Element:
    manifest = archive.document("solution.xml").find("SolutionManifest")
    if manifest is None:
        raise ImportFailedError("solution.xml has no manifest.")
    if len(manifest.findall("MissingDependencies/MissingDependency")):
        raise not_simulated_part("solutions that need others")
    return manifest


def _is_managed(manifest: Element) -> bool:
    return bool(flag(manifest, "Managed"))


def _languages(archive: Archive) -> frozenset[int]:
    """Return the languages of all labels, and those that the solution says it is in."""
    documents = ["customizations.xml", "solution.xml", *reading_parts.setting_files(archive)]
    codes = (
        code
        for name in documents
        for code in archive.document(name).xpath("//@languagecode | //@LCID | //Language/text()")
    )
    return frozenset(map(int, codes))


def _parts(archive: Archive, manifest: Element, customizations: Element) -> Iterator[Part]:
    publisher = manifest.find("Publisher")
    if publisher is None:
        raise ImportFailedError("solution.xml has no publisher.")
    yield from manifest_parts(
        name=said(manifest, "UniqueName"),
        label=named(manifest, "LocalizedNames/LocalizedName"),
        version=said(manifest, "Version"),
        publisher=said(publisher, "UniqueName"),
        publisher_label=named(publisher, "LocalizedNames/LocalizedName"),
        prefix=said(publisher, "CustomizationPrefix"),
        option_prefix=number(publisher, "CustomizationOptionValuePrefix"),
        managed=_is_managed(manifest),
    )
    yield from reading_parts.settings(archive)
    for each in customizations.iterfind("WebResources/WebResource"):
        yield reading_parts.web_resource(each, archive)
    for each in customizations.iterfind("CustomControls/CustomControl"):
        yield reading_parts.control(each, archive)
    for each in customizations.iterfind("Entities/Entity"):
        yield from reading_parts.table_parts(each)
    yield from map(reading_parts.dashboard, customizations.iterfind("Dashboards/Dashboard"))
    yield from map(reading_parts.site_map, customizations.iterfind("AppModuleSiteMaps/*"))
    yield from map(reading_parts.app, customizations.iterfind("AppModules/AppModule"))


def _root(element: Element) -> Root:
    kind, name = str(element.get("type")), element.get("schemaName")
    if name is not None:
        return Root(kind=kind, name=name)
    return Root(kind=kind, name=str(identity(element.get("id"), f"A root component {kind}")))
