"""What people see of the tables: which columns a list shows, in which order, and what a form holds.

Rows are made by the widget and by the functions. Forms show them, and let nobody write what is
evidence or worked out; only a time log can be put right, by whom it belongs to.
"""

from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from solution.model.identity import stable_id
from solution.model.tables import (
    AUTOMATIC_TIME,
    CASE_HANDLING_TIME,
    FOCUS_SEGMENT,
    HANDLING_TIME_SNAPSHOT,
    TIME_ADJUSTMENT,
    TIME_LOG,
    Kind,
    Table,
)


class Purpose(IntEnum):
    """``savedquery.querytype``: where Dataverse uses a view."""

    PUBLIC = 0
    ADVANCED_FIND = 1
    ASSOCIATED = 2
    QUICK_FIND = 4
    LOOKUP = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a row must fulfil to be listed, in the words of FetchXML."""

    column: str
    operator: str
    value: str | None = None


ACTIVE = Condition(column="statecode", operator="eq", value="0")
VOIDED = Condition(column="statecode", operator="eq", value="1")
MINE = Condition(column="cht_representativeid", operator="eq-userid")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A list of a table's rows, the greatest value of ``order`` first."""

    table: Table
    label: str
    purpose: Purpose
    columns: tuple[str, ...]
    order: str
    conditions: tuple[Condition, ...] = ()
    is_default: bool = True

    @property
    def id(self) -> UUID:
        """The id; a table's default view is called by the table alone."""
        table = self.table.logical_name
        if self.purpose is Purpose.PUBLIC and self.is_default:
            return stable_id("view", table)
        return stable_id("view", f"{table}/{self.label}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a form under a heading of its own."""

    label: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A table's main form. Whatever is not ``editable`` can only be read."""

    table: Table
    label: str
    sections: tuple[Section, ...]
    editable: frozenset[str] = frozenset()

    @property
    def id(self) -> UUID:
        return stable_id("form", self.table.logical_name)


def _views(
    table: Table, columns: tuple[str, ...], order: str, named: dict[str, tuple[Condition, ...]]
) -> tuple[View, ...]:
    """Return a table's views: the named ones, the first by default, then one for each place."""
    counting = (ACTIVE,) if table.kind is Kind.STANDARD else ()
    places = {
        "Advanced find view": Purpose.ADVANCED_FIND,
        "Associated view": Purpose.ASSOCIATED,
        "Quick find view": Purpose.QUICK_FIND,
        "Lookup view": Purpose.LOOKUP,
    }
    public = [
        View(
            table=table,
            label=label,
            purpose=Purpose.PUBLIC,
            columns=columns,
            order=order,
            conditions=conditions if VOIDED in conditions else counting + conditions,
            is_default=label == next(iter(named)),
        )
        for label, conditions in named.items()
    ]
    elsewhere = [
        View(
            table=table,
            label=label,
            purpose=purpose,
            columns=columns,
            order=order,
            conditions=() if purpose is Purpose.ADVANCED_FIND else counting,
        )
        for label, purpose in places.items()
    ]
    return (*public, *elsewhere)


def _during(column: str, period: str) -> tuple[Condition, ...]:
    return (Condition(column=column, operator=period),)


WEEK, MONTH = "this-week", "this-month"
TOTALS = (
    "cht_totalseconds",
    "cht_automaticseconds",
    "cht_timelogsseconds",
    "cht_activitiesseconds",
)
RECORD = Section(label="Record", columns=("ownerid", "createdon", "modifiedby", "modifiedon"))
WRITTEN = Section(label="Record", columns=("createdon", "modifiedon"))

VIEWS = (
    *_views(
        FOCUS_SEGMENT,
        ("cht_name", "cht_caseid", "cht_representativeid", "cht_startedon", "cht_endedon"),
        "cht_startedon",
        {
            "Focus segments": (),
            "My focus segments": (MINE,),
            "Focus segments this week": _during("cht_day", WEEK),
        },
    ),
    *_views(
        AUTOMATIC_TIME,
        ("cht_day", "cht_caseid", "cht_representativeid", "cht_trackedseconds", "cht_segmentcount"),
        "cht_day",
        {
            "Automatic time": (),
            "My automatic time": (MINE,),
            "Automatic time this week": _during("cht_day", WEEK),
            "Automatic time this month": _during("cht_day", MONTH),
        },
    ),
    *_views(
        TIME_ADJUSTMENT,
        ("cht_day", "cht_caseid", "cht_representativeid", "cht_deltaseconds", "cht_reason"),
        "createdon",
        {
            "Time adjustments": (),
            "My time adjustments": (MINE,),
            "Time adjustments this month": _during("createdon", MONTH),
        },
    ),
    *_views(
        TIME_LOG,
        (
            "cht_loggedon",
            "cht_caseid",
            "cht_representativeid",
            "cht_minutes",
            "cht_category",
            "cht_note",
        ),
        "cht_loggedon",
        {
            "Time logs": (),
            "My time logs": (MINE,),
            "Time logs this week": _during("cht_loggedon", WEEK),
            "Time logs this month": _during("cht_loggedon", MONTH),
            "Voided time logs": (VOIDED,),
        },
    ),
    *_views(
        CASE_HANDLING_TIME,
        ("cht_caseid", *TOTALS, "modifiedon"),
        "cht_totalseconds",
        {
            "Case handling time": (),
            "Changed this week": _during("modifiedon", WEEK),
        },
    ),
    *_views(
        HANDLING_TIME_SNAPSHOT,
        ("cht_caseid", "cht_resolvedon", "cht_version", *TOTALS),
        "cht_resolvedon",
        {
            "Handling time snapshots": (),
            "Resolved this month": _during("cht_resolvedon", MONTH),
        },
    ),
)

FORMS = (
    Form(
        table=FOCUS_SEGMENT,
        label="Focus segment",
        sections=(
            Section(
                label="Focus segment",
                columns=(
                    "cht_caseid",
                    "cht_representativeid",
                    "cht_startedon",
                    "cht_endedon",
                    "cht_day",
                    "cht_focusstartedon",
                ),
            ),
            Section(
                label="Where it comes from",
                columns=("cht_surface", "cht_windowid", "cht_endreason"),
            ),
            Section(
                label="Record", columns=("ownerid", "createdon", "partitionid", "ttlinseconds")
            ),
        ),
    ),
    Form(
        table=AUTOMATIC_TIME,
        label="Automatic time",
        sections=(
            Section(
                label="Automatic time",
                columns=(
                    "cht_caseid",
                    "cht_representativeid",
                    "cht_day",
                    "cht_trackedseconds",
                    "cht_segmentcount",
                ),
            ),
            RECORD,
        ),
    ),
    Form(
        table=TIME_ADJUSTMENT,
        label="Time adjustment",
        sections=(
            Section(
                label="Time adjustment",
                columns=(
                    "cht_caseid",
                    "cht_representativeid",
                    "cht_day",
                    "cht_fromseconds",
                    "cht_toseconds",
                    "cht_deltaseconds",
                    "cht_reason",
                ),
            ),
            RECORD,
        ),
    ),
    Form(
        table=TIME_LOG,
        label="Time log",
        sections=(
            Section(
                label="Time log",
                columns=(
                    "cht_caseid",
                    "cht_representativeid",
                    "cht_loggedon",
                    "cht_minutes",
                    "cht_category",
                    "cht_note",
                ),
            ),
            Section(label="Record", columns=("statecode", *RECORD.columns)),
        ),
        editable=frozenset({"cht_loggedon", "cht_minutes", "cht_category", "cht_note"}),
    ),
    Form(
        table=CASE_HANDLING_TIME,
        label="Case handling time",
        sections=(
            Section(label="Case handling time", columns=("cht_caseid", *TOTALS)),
            WRITTEN,
        ),
    ),
    Form(
        table=HANDLING_TIME_SNAPSHOT,
        label="Handling time snapshot",
        sections=(
            Section(
                label="Handling time snapshot",
                columns=("cht_caseid", "cht_resolvedon", "cht_version", *TOTALS),
            ),
            WRITTEN,
        ),
    ),
)
