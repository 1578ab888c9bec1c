"""Sums that Dataverse works out; of more rows than it sums up they are worked out here."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dataverse_client import Count, Max, Query, RequestRejected, Row, Sum
from functions.repositories.questions import Answers, Question

TOO_MANY_ROWS = "0x8004e023"
"""Dataverse sums up 50,000 rows at most."""

log = logging.getLogger(__name__)


def has_too_many_rows(error: RequestRejected) -> bool:
    return error.context.code == TOO_MANY_ROWS


class SumQuestion(Question):
    """A query for sums. Of too many rows, it costs a request for every 5,000 of them."""

    def __init__(self, query: Query) -> None:
        super().__init__(query)
        self._sums = query

    def rows(self, answers: Answers) -> list[Row]:
        try:
            return super().rows(answers)
        except RequestRejected as error:
            if not has_too_many_rows(error):
                raise
        query = of_rows(self._sums)
        log.warning("too many rows for Dataverse to sum up are read one by one: %s", query.url)
        return added_up(self._sums, answers.client.rows(query))


def of_rows(sums: Query) -> Query:
    """Ask for the rows that sums are made of."""
    figures = (each.column for each in sums.aggregates if not isinstance(each, Count))
    return replace(sums, aggregates=(), groups=(), columns=(*sums.groups, *figures))


def added_up(sums: Query, rows: Iterable[Row]) -> list[Row]:
    """Return what Dataverse would answer: a row for each group. Nothing but nulls sum up to 0."""
    groups: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        names = {column: row.get(column) for column in sums.groups}
        group = groups.setdefault(tuple(names.values()), names)
        for each in sums.aggregates:
            before = group.get(each.name)
            value = 1 if isinstance(each, Count) else row.get(each.column)
            match each:
                case Count() | Sum():
                    group[each.name] = (before or 0) + (value or 0)
                case Max():
                    group[each.name] = max(filter(None, (before, value)), default=None)
                case _:
                    raise TypeError(f"{each.text!r} is not added up")
    return list(groups.values())
