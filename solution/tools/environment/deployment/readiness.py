"""Stage, wait: an import ends before its tables can be used, elastic ones above all.

Keys are not waited for. The only ones are those that elastic tables are made with; they have no
index that could become ready, and what their status says is published nowhere.
"""

from dataverse_client import AlternateKey, DataverseClient
from dataverse_client import operations as op
from solution.model.tables import TABLES
from solution.tools.environment.case_forms import is_missing
from solution.tools.environment.errors import Stopped
from solution.tools.environment.session import Session

POLL_SECONDS = 10.0
LONGEST_WAIT_SECONDS = 900.0


def wait_for_tables(session: Session) -> None:
    """Return when every table is ready.

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
    """Return what is not ready yet, said for people."""
    names = [AlternateKey(LogicalName=table.logical_name) for table in TABLES]
    definitions = [op.read_row("EntityDefinitions", name, select=["LogicalName"]) for name in names]
    answers = dataverse.batch(definitions)
    return [
        f"the table {table.logical_name}"
        for table, definition in zip(TABLES, definitions, strict=True)
        if is_missing(answers.error(definition))
    ]
