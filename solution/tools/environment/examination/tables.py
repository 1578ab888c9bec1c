"""Are the tables there, of the right kind, with their changes tracked and audited?"""

from collections.abc import Iterator, Mapping
from typing import Any

from dataverse_client import AlternateKey, DataverseClient, Query
from dataverse_client import operations as op
from solution.model.tables import TABLES, Kind, Table
from solution.tools.environment.case_forms import is_missing
from solution.tools.environment.reporter import Finding, ok, problem, warning

FLAGS = ("TableType", "ChangeTrackingEnabled", "IsAuditEnabled")
REIMPORT = "Run `deploy --reimport`."


def table_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    names = [AlternateKey(LogicalName=table.logical_name) for table in TABLES]
    definitions = [op.read_row("EntityDefinitions", name, select=FLAGS) for name in names]
    answers = dataverse.batch(definitions)
    for table, definition in zip(TABLES, definitions, strict=True):
        if is_missing(answers.error(definition)):
            yield problem(f"The table {table.logical_name} is missing.", REIMPORT)
            continue
        faults = list(flag_findings(table, answers[definition]))
        yield from faults or [ok(f"The table {table.logical_name} is there, {_like(table)}.")]
    yield from audit_findings(dataverse)


def flag_findings(table: Table, definition: Mapping[str, Any]) -> Iterator[Finding]:
    """Judge what a table is like. Elastic ones cannot be audited, and evidence never changes.

    Of the others, those are audited that people write; the rest would fill the log for nothing.
    """
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
    match table.written_by_people, definition["IsAuditEnabled"]["Value"]:
        case True, False:
            yield warning(f"The table {name} is not audited.", REIMPORT)
        case False, True:
            yield warning(
                f"The table {name} is audited: each interval of everybody adds to the log.",
                f"{REIMPORT} It can be made again from the evidence and needs no audit.",
            )


def _like(table: Table) -> str:
    if table.kind is Kind.ELASTIC:
        return "elastic"
    return f"{'audited, and ' if table.written_by_people else ''}its changes are tracked"


def audit_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    organization = next(dataverse.rows(Query("organizations").select("isauditenabled")))
    if organization["isauditenabled"]:
        yield ok("The environment keeps an audit log.")
    else:
        yield warning(
            "The environment keeps no audit log, so nobody can tell later who changed a time.",
            "Switch it on in the Power Platform admin center: Settings, Audit and logs.",
        )
