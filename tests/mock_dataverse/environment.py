"""What every operation works with: tables, rows, people, clock and switches."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from tests.mock_dataverse.elastic import ElasticHistory
from tests.mock_dataverse.errors import DUPLICATE_RECORD, DataverseError
from tests.mock_dataverse.limits import Limits
from tests.mock_dataverse.people import People
from tests.mock_dataverse.schema import Schema
from tests.mock_dataverse.store import Row, Store
from tests.mock_dataverse.tables import Table
from tests.mock_dataverse.webhooks import Webhooks

SERVICE_ROOT = "/api/data/v9.2/"


@dataclass(slots=True)
class Switches:
    """Behaviour that public sources leave open; a client has to cope with each value.

    An import ends at the look at its job after the first ``import_looks``, with ``import_failure``
    if there is one; new tables and keys are ready after ``settling_looks`` more. ``refused`` names
    tables that cannot be listed and functions that cannot be called, with status and code.
    """

    duplicate_id_status: int = 412
    elastic_duplicate: tuple[int, str] | None = None
    large_elastic_pages_are_refused: bool = False
    elastic_id_alone: Literal["default partition", "any partition"] = "default partition"
    elastic_etags: Literal["not simulated", "checked", "ignored"] = "not simulated"
    batch_session_tokens: bool = True
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    failed_bulk_status: int = 400
    changeset_error_wrapped: bool = False
    open_activities_block_resolving: bool = True
    reopening_cancels_resolutions: bool = True
    import_looks: int = 2
    import_failure: str | None = None
    settling_looks: int = 2
    new_parts_are_published: bool = True
    steps_on_setting_tables: bool = False
    elastic_key_status: str | None = "Active"
    unmanaged_blocked: bool = False
    controls_are_publishable: bool = False
    provisioned_languages: tuple[int, ...] = (1033, 1031, 1036, 1041, 1025)
    other_languages: Literal["dropped", "refused"] = "refused"
    settings_of_apps_wait_for_publishing: bool = False


@dataclass(slots=True)
class ImportJob:
    """A zip on its way in; ``looks`` is how often somebody has asked how far it is."""

    job_id: str
    content: bytes
    looks: int = 0


@dataclass(slots=True)
class Environment:
    """One Dataverse environment."""

    schema: Schema
    store: Store
    people: People
    clock: Callable[[], datetime]
    base_url: str
    limits: Limits = field(default_factory=Limits)
    switches: Switches = field(default_factory=Switches)
    elastic: ElasticHistory = field(default_factory=ElasticHistory)
    webhooks: Webhooks = field(default_factory=Webhooks)
    recycle_bin: dict[tuple[str, str], list[tuple[Table, Row]]] = field(default_factory=dict)
    staged: dict[str, bytes] = field(default_factory=dict)
    running: dict[str, ImportJob] = field(default_factory=dict)
    deletions: dict[str, Callable[[], None]] = field(default_factory=dict)
    published_controls: set[str] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        return self.clock()

    def require_offered(self, name: str) -> None:
        """Refuse to list a table or to call a function that the switches say is refused."""
        if name in self.switches.refused:
            status, code = self.switches.refused[name]
            raise DataverseError(status, code, f"'{name}' is refused in this environment.")

    def duplicate(self, table: Table) -> DataverseError:
        """Return what says that the id of a new row is taken."""
        status, code = self.switches.duplicate_id_status, DUPLICATE_RECORD
        if table.elastic and self.switches.elastic_duplicate:
            status, code = self.switches.elastic_duplicate
        text = "Cannot insert duplicate key: a record with matching key values already exists."
        return DataverseError(status, code, text)

    @property
    def root(self) -> str:
        return self.base_url + SERVICE_ROOT

    def url_of(self, table: Table, row: Row) -> str:
        """Return the address of a row; a custom partition needs the key form."""
        row_id = row[table.primary_id]
        key = str(row_id)
        if table.elastic and row["partitionid"] != row_id:
            partition = str(row["partitionid"]).replace("'", "''")
            key = f"{table.primary_id}={row_id},partitionid='{partition}'"
        return f"{self.root}{table.entity_set}({key})"

    def name_of(self, logical_name: str, row_id: str) -> str | None:
        """Return the primary name of a referenced row."""
        table = self.schema.table(logical_name)
        row = self.store.find(table, row_id)
        name = row[table.primary_name] if row else None
        return None if name is None else str(name)
