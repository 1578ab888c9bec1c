"""Checks ``customizations.xml`` with the schemas that Microsoft publishes for it.

The schemas are not part of this repository: they are downloaded (*Schemas for model-driven apps*)
and named on the command line. They are of version 9.0 and older than the platform, so what real
exports hold beyond them is listed here as known; anything else is a finding.
"""

import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import xmlschema

from solution.tools.errors import SolutionError
from solution.tools.validation.findings import Finding

ROOT_SCHEMA = "CustomizationsSolution.xsd"
PLACE = "customizations.xml"

Deviation = tuple[str, str]
"""An element, and what the schema says about it."""


def _children(element: str, names: str) -> set[Deviation]:
    return {(element, f"Unexpected child with tag '{name}'") for name in names.split()}


def _attributes(element: str, names: str) -> set[Deviation]:
    return {(element, f"'{name}' attribute not allowed for element") for name in names.split()}


KNOWN = frozenset(
    _children("attribute", "AutoNumberFormat IsSearchable IsFilterable IsRetrievable IsLocalizable")
    | _children(
        "entity",
        "IsRetrieveAuditEnabled IsRetrieveMultipleAuditEnabled IsMSTeamsIntegrationEnabled"
        " IsSolutionAware DataProviderId DataSourceId",
    )
    | _children("EntityRelationship", "CascadeArchive")
    | _children("Role", "IsAutoAssigned Description")
    | _attributes("option", "IsHidden")
    | _attributes("form", "headerdensity")
    | _attributes(
        "ImportExportXml",
        "OrganizationVersion OrganizationSchemaType CRMServerServiceabilityVersion",
    )
    | _children("AppModuleSiteMap", "EnableCollapsibleGroups ShowHome ShowPinned ShowRecents")
    | _children("AppModule", "OptimizedFor statecode statuscode NavigationType appsettings")
)
"""What exports of today's environments hold that the schemas of 9.0 do not know."""


@dataclass(frozen=True, slots=True)
class SchemaReport:
    """What the schemas say: faults, and how often each known deviation was met."""

    findings: list[Finding] = field(default_factory=list)
    known: Counter[Deviation] = field(default_factory=Counter)


def checked_by_schemas(customizations: bytes, folder: Path) -> SchemaReport:
    """Return what the schemas in a folder say about the document.

    Raises:
        SolutionError: the folder does not hold them.
    """
    schema = _schema(folder)
    report = SchemaReport()
    text = customizations.decode().partition("?>")[2]
    for error in schema.iter_errors(text):
        element = re.sub(r"\[\d+\]$", "", (error.path or "").rpartition("/")[2])
        reason = (error.reason or "").partition(" at position")[0]
        if (element, reason) in KNOWN:
            report.known[element, reason] += 1
        else:
            report.findings.append(Finding(PLACE, "schema", f"{error.path}: {error.reason}"))
    return report


def _schema(folder: Path) -> xmlschema.XMLSchema10:
    if not (folder / ROOT_SCHEMA).is_file():
        raise SolutionError(f"{folder} holds no {ROOT_SCHEMA}")
    with tempfile.TemporaryDirectory() as mended:
        for path in folder.glob("*.xsd"):
            text = _mended(path.read_text(encoding="utf-8-sig"))
            (Path(mended) / path.name).write_text(text, encoding="utf-8")
        return xmlschema.XMLSchema10(Path(mended, ROOT_SCHEMA), validation="lax")


def _mended(schema: str) -> str:
    """Return a schema with the patterns that only .NET understands as it means them.

    A pattern of a schema matches the whole text anyway, without ``^`` and ``$``, and cannot look
    ahead.
    """
    without_look_ahead = schema.replace("(?![cC][rR][mM]_)", "")
    without_start = re.sub(r'(<xs:pattern value=")\^', r"\1", without_look_ahead)
    return re.sub(r'(<xs:pattern value="[^"]*)\$"', r'\1"', without_start)
