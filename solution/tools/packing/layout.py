"""Which part of ``customizations.xml`` lies in which file.

Source: Microsoft, *Solution component file reference (SolutionPackager)* for the folders, and the
customizations schema of version 9.0 for the order of the sections.
"""

from collections.abc import Callable
from dataclasses import dataclass

from solution.tools.packing.documents import Element, tag_of, text_of

MANIFEST = "Other/Solution.xml"
CUSTOMIZATIONS = "Other/Customizations.xml"
RELATIONSHIP_INDEX = "Other/Relationships.xml"
RELATIONSHIPS = "Other/Relationships/"
ENDPOINTS = "PluginAssemblies/ServiceEndpoints.xml"
STEPS = "SdkMessageProcessingSteps/"
MANAGED_TWIN = "_managed.xml"
"""What a file ends in that takes another one's place in a managed zip."""
DATA = ".data.xml"
"""What a file beside a web resource or a control's manifest ends in: it describes the other one."""

SECTIONS = (
    "Entities",
    "Roles",
    "Workflows",
    "FieldSecurityProfiles",
    "Templates",
    "RibbonDiffXml",
    "EntityMaps",
    "EntityRelationships",
    "OrganizationSettings",
    "optionsets",
    "Dashboards",
    "WebResources",
    "CustomControls",
    "SolutionPluginAssemblies",
    "SdkMessageProcessingSteps",
    "ServiceEndpoints",
    "AppModuleSiteMaps",
    "AppModules",
    "EntityDataProviders",
    "Languages",
)
"""The sections in the order that an import reads them."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A section whose components are a file each; ``name`` says which file of the folder."""

    section: str
    folder: str
    name: Callable[[Element], str]


def _named(attribute: str) -> Callable[[Element], str]:
    return lambda component: f"{component.get(attribute)}.xml"


def _called(path: str, file: str = ".xml") -> Callable[[Element], str]:
    return lambda component: text_of(component, path, tag_of(component)) + file


SPREAD = (
    Spread("Roles", "Roles/", _named("name")),
    Spread("optionsets", "OptionSets/", _named("Name")),
    Spread("Dashboards", "Dashboards/", _called("FormId")),
    Spread(
        "SdkMessageProcessingSteps",
        STEPS,
        _named("SdkMessageProcessingStepId"),
    ),
    Spread(
        "AppModuleSiteMaps",
        "AppModuleSiteMaps/",
        _called("SiteMapUniqueName", "/AppModuleSiteMap.xml"),
    ),
    Spread("AppModules", "AppModules/", _called("UniqueName", "/AppModule.xml")),
)

MERGED = {
    "AppModuleSiteMaps",
    "AppModules",
    "Controls",
    "Dashboards",
    "Entities",
    "OptionSets",
    "Other",
    "PluginAssemblies",
    "Roles",
    "SdkMessageProcessingSteps",
    "WebResources",
}
"""The folders whose components go into ``customizations.xml``; all others travel as they are."""
