"""The zip that is imported, and what of it is told about the environment it goes into.

The case form is fitted out before the import, not after it: an upgrade would otherwise put it back
to what it is without any environment, for a while at least, and for good if it was interrupted
there.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import UUID

from lxml import etree

from solution.model.identity import CASE_FORM_LABEL, SOLUTION_NAME, stable_id
from solution.tools.archive import unzipped, zipped
from solution.tools.environment.errors import BadOption
from solution.tools.environment.form_xml import Parameters, with_widget
from solution.tools.errors import SolutionError
from solution.tools.packing.documents import Element, parsed, text_of
from solution.tools.packing.pack import MANAGED, packed, packed_managed
from solution.tools.packing.tree import whole_tree

CASE_FORM_ID = stable_id("form", CASE_FORM_LABEL)
CUSTOMIZATIONS = "customizations.xml"
MANIFEST = "solution.xml"

PUBLISHABLE = {
    "systemforms": ".//systemform/formid | Dashboards/Dashboard/FormId",
    "savedqueries": ".//savedquery/savedqueryid",
    "savedqueryvisualizations": ".//visualization/savedqueryvisualizationid",
    "webresourceset": "WebResources/WebResource/WebResourceId",
}
"""Where the ids of such rows stand, by their set."""

NAMES = {
    "optionset": "optionsets/optionset/@Name",
    "webresource": "WebResources/WebResource/WebResourceId/text()",
    "dashboard": "Dashboards/Dashboard/FormId/text()",
    "sitemap": "AppModuleSiteMaps/AppModuleSiteMap/SiteMapUniqueName/text()",
    "appmodule": "AppModules/AppModule/UniqueName/text()",
    "customcontrol": "CustomControls/CustomControl/Name/text()",
}
"""Where the names of parts stand, or their ids where they have one in the file."""

LABELS = "//*[@languagecode and not(self::ImportExportXml)] | //*[@LCID] | Languages/Language"
"""Everything that is there once for each language."""

Version = tuple[int, ...]


@dataclass(frozen=True)
class Package:
    """A zip of our solution, unmanaged or managed."""

    content: bytes = field(repr=False)

    @cached_property
    def version(self) -> str:
        return text_of(self._document(MANIFEST), "SolutionManifest/Version", MANIFEST)

    @cached_property
    def is_managed(self) -> bool:
        return self._document(MANIFEST).findtext("SolutionManifest/Managed") == MANAGED

    @cached_property
    def name(self) -> str:
        return text_of(self._document(MANIFEST), "SolutionManifest/UniqueName", MANIFEST)

    @cached_property
    def publishable(self) -> tuple[tuple[str, UUID], ...]:
        """What people see only when it is published: the set and the id of each row."""
        return tuple(
            (entity_set, UUID(part.text))
            for entity_set, path in PUBLISHABLE.items()
            for part in self._customizations.xpath(path)
        )

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The logical names of the tables that it has parts of."""
        names = self._customizations.iterfind("Entities/Entity/Name")
        return tuple(sorted((name.text or "").lower() for name in names))

    def named(self, kind: str) -> tuple[str, ...]:
        """Return the names of all parts of a kind, which is a key of ``NAMES``."""
        return tuple(sorted(map(str, self._customizations.xpath(NAMES[kind]))))

    def in_languages(self, languages: Collection[int]) -> "Package":
        """Return the package with its labels in these languages and no others.

        What an import makes of other ones is published nowhere: drop them, or fail.
        """
        labelled = [CUSTOMIZATIONS, MANIFEST, *(name for name in self._files if _is_setting(name))]
        documents = {name: self._document(name) for name in labelled}
        for document in documents.values():
            for label in document.xpath(LABELS):
                spoken = label.get("languagecode") or label.get("LCID") or label.text
                if int(spoken) not in languages:
                    label.getparent().remove(label)
        return Package(zipped(self._files | {name: _bytes(of) for name, of in documents.items()}))

    def fitted(self, parameters: Parameters) -> "Package":
        """Return the package with its case form told these."""
        customizations = self._document(CUSTOMIZATIONS)
        for form in _case_forms(customizations):
            text = etree.tostring(form, encoding="unicode", with_tail=False)
            form[:] = etree.fromstring(with_widget(text, parameters))[:]
        return Package(zipped(self._files | {CUSTOMIZATIONS: _bytes(customizations)}))

    @cached_property
    def _files(self) -> dict[str, bytes]:
        return unzipped(self.content)

    @cached_property
    def _customizations(self) -> Element:
        return self._document(CUSTOMIZATIONS)

    def _document(self, name: str) -> Element:
        if name not in self._files:
            raise SolutionError(f"the zip holds no {name}")
        return parsed(self._files[name], name)


def package_at(path: Path | None, *, managed: bool = False) -> Package:
    """Return the package of a file, or the one that this checkout amounts to, as it is asked for.

    Raises:
        BadOption: the file is no zip of our solution, or not a managed one.
        SolutionError: the checkout is not built.
    """
    if path is None:
        return Package((packed_managed if managed else packed)(whole_tree()))
    try:
        package = Package(path.read_bytes())
        name, _ = package.name, ordered(package.version)
    except (OSError, SolutionError, ValueError) as error:
        raise BadOption(f"--solution: {error}") from error
    if name != SOLUTION_NAME:
        raise BadOption(f"--solution: {path} is the solution {name}, not {SOLUTION_NAME}")
    if managed and not package.is_managed:
        raise BadOption(f"--managed: {path} is an unmanaged solution")
    return package


def ordered(version: str) -> Version:
    """Return a version as numbers, which compare as versions do."""
    return tuple(int(part) for part in version.split("."))


def _case_forms(customizations: Element) -> Iterator[Element]:
    for systemform in customizations.iterfind(".//systemform"):
        if UUID(systemform.findtext("formid", "")) == CASE_FORM_ID:
            yield from systemform.findall("form")


def _is_setting(name: str) -> bool:
    return name.startswith("settingdefinitions/") and name.endswith(".xml")


def _bytes(document: Element) -> bytes:
    return etree.tostring(document, xml_declaration=True, encoding="utf-8")
