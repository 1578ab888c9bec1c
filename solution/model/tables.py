"""The tables of the solution (design: "Data in Dataverse"), in the order they are explained.

Columns that Dataverse adds to every table of a kind (owner, created on, version number, state of a
standard table, partition id and time-to-live of an elastic one) are not repeated here.
"""

from dataclasses import dataclass
from enum import Enum

from solution.model.choices import SURFACE, TIME_LOG_CATEGORY
from solution.model.columns import (
    Choice,
    Column,
    DateOnly,
    DateTime,
    Lookup,
    Text,
    WholeNumber,
)
from solution.model.identity import PUBLISHER_PREFIX
from solution.model.shared_columns import (
    CASE,
    DAY,
    MOST_SECONDS,
    RECORDED_ON,
    REPRESENTATIVE,
    name,
    seconds,
    totals,
)


class Kind(Enum):
    """Where Dataverse keeps the rows: SQL, or Cosmos DB for elastic tables."""

    STANDARD = "Standard"
    ELASTIC = "Elastic"


class Ownership(Enum):
    """Whom the rows belong to, which decides the depths a privilege can have."""

    USER = "UserOwned"
    ORGANIZATION = "OrganizationOwned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its names and its own columns.

    What people write is audited. What the service works out, at every interval of everybody, can be
    worked out again, and an audit of it would fill the environment's log with copies of it.
    """

    schema_name: str
    entity_set: str
    label: str
    plural: str
    description: str
    columns: tuple[Column, ...]
    kind: Kind = Kind.STANDARD
    ownership: Ownership = Ownership.USER
    written_by_people: bool = False

    @property
    def logical_name(self) -> str:
        return self.schema_name.lower()

    @property
    def primary_id(self) -> str:
        return f"{self.logical_name}id"

    @property
    def primary_name(self) -> str:
        """The text column that lookups to this table show; the first column by convention."""
        return self.columns[0].logical_name

    def relationship(self, lookup: Lookup) -> str:
        """Return the schema name of the relationship that a lookup of this table is an end of."""
        column = lookup.schema_name.removeprefix(f"{PUBLISHER_PREFIX}_")
        return f"{self.logical_name}_{column}_{lookup.target}"


FOCUS_SEGMENT = Table(
    schema_name="cht_FocusSegment",
    entity_set="cht_focussegments",
    label="Focus segment",
    plural="Focus segments",
    description="Evidence: one span in which one representative had one case in focus.",
    kind=Kind.ELASTIC,
    columns=(
        name("Start and length, for people who browse the table."),
        CASE,
        REPRESENTATIVE,
        DateTime(
            schema_name="cht_FocusStartedOn",
            label="Focus started on",
            description="When the focus began that this span is a piece of; decides overlaps.",
            required=True,
        ),
        DateTime(
            schema_name="cht_StartedOn",
            label="Started on",
            description="First second of the span.",
            required=True,
        ),
        DateTime(
            schema_name="cht_EndedOn",
            label="Ended on",
            description="The second after the last one of the span.",
            required=True,
        ),
        DAY,
        Text(
            schema_name="cht_EndReason",
            label="End reason",
            description="Why the widget ended the span: blur, hidden, interval, ...",
            max_length=40,
        ),
        Choice(
            schema_name="cht_Surface",
            label="Surface",
            description="Where the case was open.",
            options=SURFACE,
        ),
        Text(
            schema_name="cht_WindowId",
            label="Window",
            description="Which browser window sent it.",
            max_length=100,
        ),
    ),
)

AUTOMATIC_TIME = Table(
    schema_name="cht_AutomaticTime",
    entity_set="cht_automatictimes",
    label="Automatic time",
    plural="Automatic time",
    description="Seconds that a representative's segments amount to, per case and day.",
    columns=(
        name("The day."),
        CASE,
        REPRESENTATIVE,
        DAY,
        seconds("cht_TrackedSeconds", "Tracked seconds", "Seconds allocated to the case."),
        WholeNumber(
            schema_name="cht_SegmentCount",
            label="Segments",
            description=(
                "How many segments the seconds were worked out from. It never falls: a reader that"
                " sees fewer segments than this is looking at an outdated copy."
            ),
            required=True,
            minimum=0,
            maximum=1_000_000,
        ),
        RECORDED_ON,
    ),
)

TIME_ADJUSTMENT = Table(
    schema_name="cht_TimeAdjustment",
    entity_set="cht_timeadjustments",
    label="Time adjustment",
    plural="Time adjustments",
    description="A correction that a representative made to her own automatic time.",
    written_by_people=True,
    columns=(
        name("The day."),
        CASE,
        REPRESENTATIVE,
        DAY,
        WholeNumber(
            schema_name="cht_DeltaSeconds",
            label="Seconds added",
            description="Negative to take away.",
            required=True,
            minimum=-MOST_SECONDS,
            maximum=MOST_SECONDS,
        ),
        seconds("cht_FromSeconds", "From seconds", "Her automatic time before the correction."),
        seconds("cht_ToSeconds", "To seconds", "Her automatic time after the correction."),
        Text(
            schema_name="cht_Reason",
            label="Reason",
            description="Why, in the representative's words.",
            required=True,
            max_length=500,
        ),
        RECORDED_ON,
    ),
)

TIME_LOG = Table(
    schema_name="cht_TimeLog",
    entity_set="cht_timelogs",
    label="Time log",
    plural="Time logs",
    description="Time a representative logged by hand. An inactive log is voided.",
    written_by_people=True,
    columns=(
        name("The day."),
        CASE,
        REPRESENTATIVE,
        WholeNumber(
            schema_name="cht_Minutes",
            label="Minutes",
            description="How long.",
            required=True,
            minimum=1,
            maximum=1440,
        ),
        Choice(
            schema_name="cht_Category",
            label="Category",
            description="What the time was spent on.",
            required=True,
            options=TIME_LOG_CATEGORY,
        ),
        Text(schema_name="cht_Note", label="Note", description="Details.", max_length=500),
        DateOnly(
            schema_name="cht_LoggedOn",
            label="Logged on",
            description="The day the time was spent.",
            required=True,
        ),
        RECORDED_ON,
    ),
)


TOTALS = tuple(column.logical_name for column in totals())

CASE_HANDLING_TIME = Table(
    schema_name="cht_CaseHandlingTime",
    entity_set="cht_casehandlingtimes",
    label="Case handling time",
    plural="Case handling time",
    description="Totals per case, for views, charts and dashboards. Written by reconciliation.",
    ownership=Ownership.ORGANIZATION,
    columns=(name("The case's title."), CASE, *totals()),
)

HANDLING_TIME_SNAPSHOT = Table(
    schema_name="cht_HandlingTimeSnapshot",
    entity_set="cht_handlingtimesnapshots",
    label="Handling time snapshot",
    plural="Handling time snapshots",
    description="Totals of a case as they were when it was resolved.",
    ownership=Ownership.ORGANIZATION,
    columns=(
        name("The case's title and the version."),
        CASE,
        *totals(),
        DateTime(
            schema_name="cht_ResolvedOn",
            label="Resolved on",
            description="When the case was resolved.",
            required=True,
        ),
        WholeNumber(
            schema_name="cht_Version",
            label="Version",
            description="1 for the first resolution of the case.",
            required=True,
            minimum=1,
            maximum=10_000,
        ),
    ),
)

TABLES = (
    FOCUS_SEGMENT,
    AUTOMATIC_TIME,
    TIME_ADJUSTMENT,
    TIME_LOG,
    CASE_HANDLING_TIME,
    HANDLING_TIME_SNAPSHOT,
)
