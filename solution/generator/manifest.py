"""``Other/Solution.xml`` and ``Other/Customizations.xml``: what the solution is and consists of."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from lxml import etree

from solution.generator.elements import descriptions, element, leaves, names
from solution.model.identity import (
    OPTION_VALUE_PREFIX,
    PUBLISHER_NAME,
    PUBLISHER_PREFIX,
    SOLUTION_DESCRIPTION,
    SOLUTION_LABEL,
    SOLUTION_NAME,
    VERSION,
)
from solution.model.labels import LANGUAGES
from solution.tools.packing.documents import INSTANCE, Element, parsed, text_of
from solution.tools.packing.layout import DATA
from solution.tools.packing.tree import Tree

SECTIONS = (
    "Entities",
    "Roles",
    "Workflows",
    "FieldSecurityProfiles",
    "Templates",
    "EntityMaps",
    "EntityRelationships",
    "OrganizationSettings",
    "optionsets",
    "Dashboards",
    "WebResources",
    "CustomControls",
    "AppModuleSiteMaps",
    "AppModules",
    "EntityDataProviders",
)
"""The sections that an export has even when they are empty, and those that we fill."""
EITHER_WAY = "2"
"""Says in the source that it can be packed unmanaged or managed."""
UNKNOWN = {f"{{{INSTANCE}}}nil": "true"}
WHOLE, SHELL = "0", "2"
"""How a table is part: with all it has, or only as the place of a form."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of part that a manifest lists: its number, and what in which files names a part."""

    type: int
    by: str
    files: str
    place: str

    def names_in(self, document: Element, path: str) -> list[str]:
        """Return the names or ids: the text at a place, or the attributes of that name."""
        if self.place.startswith("@"):
            return [str(found) for found in document.xpath(f"descendant-or-self::*/{self.place}")]
        return [text_of(document, self.place, path)]

    def root(self, name: str) -> dict[str, str]:
        return {"type": str(self.type), self.by: name, "behavior": WHOLE}


TABLE = Listed(1, "schemaName", "Entities/*/Entity.xml", "Name")
FORM = Listed(60, "id", "Dashboards/*.xml", "FormId")
LISTED = (
    FORM,
    Listed(9, "schemaName", "OptionSets/*.xml", "@Name"),
    Listed(20, "id", "Roles/*.xml", "@id"),
    Listed(61, "schemaName", f"WebResources/*{DATA}", "Name"),
    Listed(62, "schemaName", "AppModuleSiteMaps/*.xml", "SiteMapUniqueName"),
    Listed(66, "schemaName", f"Controls/*{DATA}", "Name"),
    Listed(80, "schemaName", "AppModules/*.xml", "UniqueName"),
)
"""Source: the component types of ``docs`` ``reference/entities/solutioncomponent``."""


def manifest_document(tree: Tree) -> Element:
    """Return the manifest of a tree: its parts are those that the files describe."""
    roots = (element("RootComponent", **root) for root in sorted_roots(tree))
    document = element(
        "ImportExportXml",
        element(
            "SolutionManifest",
            element("UniqueName", SOLUTION_NAME),
            names(SOLUTION_LABEL),
            descriptions(SOLUTION_DESCRIPTION),
            *leaves(Version=VERSION, Managed=EITHER_WAY),
            _publisher(),
            element("RootComponents", *roots),
            element("MissingDependencies"),
        ),
        version="9.2.0.0",
        SolutionPackageVersion="9.2",
        languagecode=str(LANGUAGES[0]),
        generatedBy="CrmLive",
    )
    etree.cleanup_namespaces(document, top_nsmap={"xsi": INSTANCE})
    return document


def customizations_document() -> Element:
    """Return the frame that packing puts everything into."""
    languages = (element("Language", str(lcid)) for lcid in LANGUAGES)
    sections = (element(section) for section in SECTIONS)
    return element("ImportExportXml", *sections, element("Languages", *languages))


def _publisher() -> Element:
    return element(
        "Publisher",
        element("UniqueName", PUBLISHER_NAME),
        names(SOLUTION_LABEL),
        element("Descriptions"),
        element("EMailAddress", **UNKNOWN),
        element("SupportingWebsiteUrl", **UNKNOWN),
        *leaves(
            CustomizationPrefix=PUBLISHER_PREFIX,
            CustomizationOptionValuePrefix=OPTION_VALUE_PREFIX,
        ),
        element("Addresses", _address(1), _address(2)),
    )


def _address(number: int) -> Element:
    """Return one of the two addresses that every publisher has; ours are empty."""
    before = (
        "City County Country Fax FreightTermsCode ImportSequenceNumber Latitude Line1 Line2 Line3"
        " Longitude Name PostalCode PostOfficeBox PrimaryContactName"
    )
    after = (
        "StateOrProvince Telephone1 Telephone2 Telephone3 TimeZoneRuleVersionNumber UPSZone"
        " UTCOffset UTCConversionTimeZoneCode"
    )
    return element(
        "Address",
        *leaves(AddressNumber=number, AddressTypeCode=1),
        *(element(name, **UNKNOWN) for name in before.split()),
        *leaves(ShippingMethodCode=1),
        *(element(name, **UNKNOWN) for name in after.split()),
    )


def sorted_roots(tree: Tree) -> list[dict[str, str]]:
    """Return the root components by type and name; setting definitions are never listed."""
    return sorted(_roots(tree), key=lambda root: (int(root["type"]), *root.values()))


def _roots(tree: Tree) -> Iterator[dict[str, str]]:
    for path, content in tree.items():
        if fnmatchcase(path, "Entities/*/Entity.xml"):
            yield from _table_roots(parsed(content, path), path, tree)
        for listed in LISTED:
            if fnmatchcase(path, listed.files):
                names_of_parts = listed.names_in(parsed(content, path), path)
                yield from (listed.root(name) for name in names_of_parts)


def _table_roots(document: Element, path: str, tree: Tree) -> Iterator[dict[str, str]]:
    """Yield a table of ours with all it has, or one that is not ours with our forms for it."""
    name = text_of(document, "Name", path).lower()
    if document.find("EntityInfo/entity/attributes/attribute") is not None:
        yield TABLE.root(name)
        return
    yield TABLE.root(name) | {"behavior": SHELL}
    forms = f"{path.removesuffix('Entity.xml')}FormXml/"
    for form in sorted(each for each in tree if each.startswith(forms)):
        identifier = text_of(parsed(tree[form], form), "systemform/formid", form)
        yield FORM.root(identifier)
