"""Stage, wait: an import ends before its tables can be used, elastic ones and keys above all."""

from collections.abc import Iterable

from dataverse_client import AlternateKey, DataverseClient, Query, Row
from dataverse_client import operations as op
from solution.model.tables import TABLES, Table
from solution.tools.environment.case_forms import is_missing
from solution.tools.environment.errors import Stopped
from solution.tools.environment.session import Session

POLL_SECONDS = 10.0
LONGEST_WAIT_SECONDS = 900.0
KEYS = Query("Keys").select("LogicalName", "EntityKeyIndexStatus")


def wait_for_tables(session: Session) -> None:
    """Return when every table and key is ready.

    Raises:
        Stopped: one does not become so.
    """
    awaited: list[str] = []

    def ready() -> bool | None:
        nonlocal awaited
        missing = not_ready(session.dataverse)
        if missing and missing != awaited:
            session.report.say(f"  waiting for {', '.join(missing)}")
        awaited = missing
        return None if missing else True

    if not session.until(ready, every_seconds=POLL_SECONDS, at_most_seconds=LONGEST_WAIT_SECONDS):
        raise Stopped(
            f"not ready after {LONGEST_WAIT_SECONDS / 60:.0f} minutes: {', '.join(awaited)};"
            " run this again later"
        )


def not_ready(dataverse: DataverseClient) -> list[str]:
    """Return what is not ready yet, said for people.

    Raises:
        Stopped: Dataverse failed to make an index, which waiting does not mend.
    """
    names = [AlternateKey(LogicalName=table.logical_name) for table in TABLES]
    definitions = [op.read_row("EntityDefinitions", name, select=["LogicalName"]) for name in names]
    keys = [op.read_related("EntityDefinitions", name, KEYS) for name in names]
    answers = dataverse.batch([*definitions, *keys])
    missing = []
    for table, definition, key in zip(TABLES, definitions, keys, strict=True):
        if is_missing(answers.error(definition)):
            missing.append(f"the table {table.logical_name}")
            continue
        missing += keys_not_ready(table, answers[key].rows)
    return missing


def keys_not_ready(table: Table, keys: Iterable[Row]) -> list[str]:
    """Return which keys of a table are not ready yet, said for people.

    Raises:
        Stopped: Dataverse failed to make one.
    """
    missing = []
    for key in keys:
        name = f"the key {key['LogicalName']} of {table.logical_name}"
        if key["EntityKeyIndexStatus"] == "Failed":
            raise Stopped(f"Dataverse could not make {name}: reactivate it in Power Apps")
        if key["EntityKeyIndexStatus"] != "Active":
            missing.append(name)
    return missing
