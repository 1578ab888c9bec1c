"""The lists in which people see the rows of a table: which columns, which rows, in which order."""

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
    TOTALS,
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
