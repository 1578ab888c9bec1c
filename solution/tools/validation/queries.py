"""Queries of views and charts: every table and column they name is there."""

from collections.abc import Iterator

from solution.tools.packing.documents import Element
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Document, Solution, Table


def queries_ask_for_what_there_is(solution: Solution) -> Iterator[Finding]:
    for table, document in _documents(solution):
        for entity in document.root.iterfind(".//fetch/entity"):
            if entity.get("name") != table.logical_name:
                message = f"the query is of {entity.get('name')}, not of {table.logical_name}"
                yield Finding(document.place, "query-table", message)
                continue
            yield from _unknown_columns(solution, document, entity)


def views_show_what_they_ask_for(solution: Solution) -> Iterator[Finding]:
    """A view's columns are the table's or those of a joined table; its rows are known by the id."""
    for table in solution.tables.values():
        columns = solution.columns_of(table.logical_name) or frozenset()
        for view in table.views:
            for row in view.root.iterfind(".//layoutxml/grid/row"):
                if row.get("id") not in columns:
                    message = f"{table.logical_name} has no id {row.get('id')}"
                    yield Finding(view.place, "layout-column", message)
                for cell in row.iterfind("cell"):
                    yield from _unknown_cell(solution, view, cell, columns)


def charts_draw_what_they_ask_for(solution: Solution) -> Iterator[Finding]:
    """Categories and measures of a chart are columns that its query gives a name to."""
    for table in solution.tables.values():
        for chart in table.charts:
            named = {each.get("alias") for each in chart.root.iterfind(".//fetch//attribute")}
            for part in chart.root.iterfind("datadescription//*[@alias]"):
                if part.get("alias") not in named:
                    message = f"the query gives nothing the name {part.get('alias')}"
                    yield Finding(chart.place, "chart-alias", message)


def elastic_tables_are_not_joined(solution: Solution) -> Iterator[Finding]:
    """Dataverse refuses a query of an elastic table that joins another (0x80048d0b)."""
    for table, document in _documents(solution):
        if table.elastic and document.root.find(".//link-entity") is not None:
            message = f"{table.schema_name} is elastic: its queries cannot join"
            yield Finding(document.place, "elastic-join", message)


def _documents(solution: Solution) -> Iterator[tuple[Table, Document]]:
    for table in solution.tables.values():
        for document in (*table.views, *table.charts):
            yield table, document


def _unknown_columns(solution: Solution, document: Document, entity: Element) -> Iterator[Finding]:
    """Tell what a query and its joins name that is not there."""
    table = entity.get("name", "")
    columns = solution.columns_of(table)
    if columns is None:
        yield Finding(document.place, "query-table", f"there is no table {table}")
        return
    named = [each.get("attribute") for each in entity.iterfind("order")]
    named += [each.get("name") for each in entity.iterfind("attribute")]
    named += [each.get("attribute") for each in _conditions(entity)]
    for link in entity.iterfind("link-entity"):
        named.append(link.get("to"))
        joined = solution.columns_of(link.get("name", ""))
        if joined is not None and link.get("from") not in joined:
            message = f"{link.get('name')} has no column {link.get('from')}"
            yield Finding(document.place, "query-column", message)
        yield from _unknown_columns(solution, document, link)
    for name in named:
        if name is not None and name not in columns:
            message = f"{table} has no column {name}"
            yield Finding(document.place, "query-column", message)


def _conditions(entity: Element) -> Iterator[Element]:
    for condition_filter in entity.iterfind("filter"):
        yield from condition_filter.iter("condition")


def _unknown_cell(
    solution: Solution, view: Document, cell: Element, columns: frozenset[str]
) -> Iterator[Finding]:
    """Tell a cell of no column of the table or, as ``alias.column``, of a joined one."""
    name = cell.get("name", "")
    alias, dot, column = name.partition(".")
    if dot:
        links = view.root.iterfind(f".//link-entity[@alias='{alias}']")
        known = any(column in (solution.columns_of(each.get("name", "")) or ()) for each in links)
    else:
        known = name in columns
    if not known:
        yield Finding(view.place, "layout-column", f"there is no column {name} to show")
