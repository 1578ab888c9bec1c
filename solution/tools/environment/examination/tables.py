"""Are the tables there, of the right kind, with their changes tracked and audited?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dataverse_client import AlternateKey, DataverseClient, Query, Row
from dataverse_client import operations as op
from solution.model.tables import TABLES, Kind, Table
from solution.tools.environment.case_forms import is_missing
from solution.tools.environment.deployment.readiness import KEYS
from solution.tools.environment.reporter import Finding, ok, problem, warning

FLAGS = ("TableType", "ChangeTrackingEnabled", "IsAuditEnabled")
REIMPORT = "Run `deploy --reimport`."


def table_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    names = [AlternateKey(LogicalName=table.logical_name) for table in TABLES]
    definitions = [op.read_row("EntityDefinitions", name, select=FLAGS) for name in names]
    keys = [op.read_related("EntityDefinitions", name, KEYS) for name in names]
    answers = dataverse.batch([*definitions, *keys])
    for table, definition, key in zip(TABLES, definitions, keys, strict=True):
        if is_missing(answers.error(definition)):
            yield problem(f"The table {table.logical_name} is missing.", REIMPORT)
            continue
        faults = [
            *flag_findings(table, answers[definition]),
            *key_findings(table, answers[key].rows),
        ]
        yield from faults or [ok(f"The table {table.logical_name} is there, {_like(table)}.")]
    yield from audit_findings(dataverse)


def flag_findings(table: Table, definition: Mapping[str, Any]) -> Iterator[Finding]:
    """Judge what a table is like. Elastic ones cannot be audited, and evidence never changes."""
    name, kind = table.logical_name, definition["TableType"]
    if kind != table.kind.value:
        yield problem(
            f"The table {name} is of the kind {kind}, not {table.kind.value}.",
            "It cannot be changed: take the solution out of this environment, and deploy it anew.",
        )
    if table.kind is Kind.ELASTIC:
        return
    if not definition["ChangeTrackingEnabled"]:
        yield warning(f"Changes of the table {name} are not tracked.", REIMPORT)
    if not definition["IsAuditEnabled"]["Value"]:
        yield warning(f"The table {name} is not audited.", REIMPORT)


def _like(table: Table) -> str:
    return "elastic" if table.kind is Kind.ELASTIC else "audited, and its changes are tracked"


def key_findings(table: Table, keys: Iterable[Row]) -> Iterator[Finding]:
    for key in keys:
        name = f"The key {key['LogicalName']} of {table.logical_name}"
        match key["EntityKeyIndexStatus"]:
            case "Active":
                continue
            case "Failed":
                yield problem(f"{name} could not be made.", "Reactivate it in Power Apps.")
            case status:
                yield warning(f"{name} is not ready: {status}.", "Wait some minutes.")


def audit_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    organization = next(dataverse.rows(Query("organizations").select("isauditenabled")))
    if organization["isauditenabled"]:
        yield ok("The environment keeps an audit log.")
    else:
        yield warning(
            "The environment keeps no audit log, so nobody can tell later who changed a time.",
            "Switch it on in the Power Platform admin center: Settings, Audit and logs.",
        )
