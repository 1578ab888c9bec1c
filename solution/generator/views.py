"""``Entities/<table>/SavedQueries/<id>.xml``: a list of rows, as a query and as a layout."""

from solution.generator.elements import FIRST_VERSION, braced, element, leaves, names
from solution.model.columns import Choice, DateOnly, DateTime, WholeNumber
from solution.model.tables import Table
from solution.model.views import Condition, Purpose, View
from solution.tools.packing.documents import Element

WIDE, MEDIUM, NARROW = "250", "150", "110"
"""Pixels."""


def view_document(view: View) -> Element:
    quick = view.purpose is Purpose.QUICK_FIND
    is_public = view.purpose is Purpose.PUBLIC
    query = element(
        "savedquery",
        *leaves(
            IsCustomizable=1,
            CanBeDeleted=int(is_public and not view.is_default),
            isquickfindquery=int(quick),
            isprivate=0,
            isdefault=int(view.is_default),
            savedqueryid=braced(view.id),
        ),
        element("layoutxml", _grid(view)),
        *leaves(querytype=int(view.purpose)),
        element("fetchxml", fetch_of(view)),
        *leaves(IntroducedVersion=FIRST_VERSION),
        names(view.label),
    )
    return element("savedqueries", query)


def _grid(view: View) -> Element:
    cells = (element("cell", name=name, width=_width(view.table, name)) for name in _shown(view))
    row = element("row", *cells, name="result", id=view.table.primary_id)
    jump = view.table.primary_name
    return element("grid", row, name="resultset", jump=jump, select="1", icon="1", preview="1")


def _shown(view: View) -> tuple[str, ...]:
    """Return the columns to show; a search needs the name that it searches."""
    name = view.table.primary_name
    if view.purpose in {Purpose.QUICK_FIND, Purpose.LOOKUP} and name not in view.columns:
        return (name, *view.columns)
    return view.columns


def _width(table: Table, name: str) -> str:
    match {column.logical_name: column for column in table.columns}.get(name):
        case WholeNumber() | DateOnly():
            return NARROW
        case Choice() | DateTime() | None:
            return MEDIUM
        case _:
            return WIDE


def fetch_of(view: View) -> Element:
    """Return the query alone, as FetchXML; ``{0}`` stands for what somebody searches."""
    columns = (view.table.primary_id, *_shown(view))
    conditions = [_condition(each) for each in view.conditions]
    filters = [element("filter", *conditions, type="and")] if conditions else []
    if view.purpose is Purpose.QUICK_FIND:
        searched = element(
            "condition", attribute=view.table.primary_name, operator="like", value="{0}"
        )
        filters.append(element("filter", searched, type="or", isquickfindfields="1"))
    entity = element(
        "entity",
        *(element("attribute", name=name) for name in columns),
        element("order", attribute=view.order, descending="true"),
        *filters,
        name=view.table.logical_name,
    )
    return element("fetch", entity, version="1.0", mapping="logical")


def _condition(condition: Condition) -> Element:
    value = {} if condition.value is None else {"value": condition.value}
    return element("condition", attribute=condition.column, operator=condition.operator, **value)
