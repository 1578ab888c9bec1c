"""What everybody contributed to a case, from four sums that Dataverse works out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from dataverse_client import Query, Row, any_of
from functions.repositories import activities, adjustments, automatic_time, time_logs
from functions.repositories.columns import CREATED_BY, MODIFIED_BY, OWNER
from functions.timekeeping.identifiers import CaseId, RepresentativeId
from functions.timekeeping.totals import Contribution

SECONDS_A_MINUTE = 60
CASE_COLUMNS = (automatic_time.CASE, adjustments.CASE, time_logs.CASE, activities.REGARDING)
"""Where the rows of the four sums name their case."""


def queries(case: CaseId) -> tuple[Query, Query, Query, Query]:
    """Ask for the four sums, in the order ``contributions`` takes their rows."""
    return (
        automatic_time.tracked_on(case),
        adjustments.adjusted_on(case),
        time_logs.logged_on(case),
        activities.spent_on(case),
    )


def queries_of_all(cases: Collection[CaseId]) -> tuple[Query, ...]:
    """Ask for the four sums of several cases at once, in the same order."""
    of_each = zip(*map(queries, cases), strict=True)
    return tuple(
        replace(
            of_cases[0],
            condition=any_of(*(each.condition for each in of_cases if each.condition)),
            groups=(column, *of_cases[0].groups),
        )
        for of_cases, column in zip(of_each, CASE_COLUMNS, strict=True)
    )


def contributions_of_all(
    *sums: Iterable[Row],
) -> Mapping[CaseId, Mapping[RepresentativeId, Contribution]]:
    """Return the same for each case that has any, from the rows of ``queries_of_all``."""
    rows: defaultdict[CaseId, tuple[list[Row], ...]] = defaultdict(
        lambda: tuple([] for _ in CASE_COLUMNS)
    )
    for place, (found, column) in enumerate(zip(sums, CASE_COLUMNS, strict=True)):
        for row in found:
            rows[CaseId(UUID(row[column]))][place].append(row)
    return {case: contributions(*of_case) for case, of_case in rows.items()}


def contributions(
    tracked: Iterable[Row], adjusted: Iterable[Row], logged: Iterable[Row], spent: Iterable[Row]
) -> Mapping[RepresentativeId, Contribution]:
    """Return each contributor's part; an activity counts for its owner.

    What somebody else entered in a contributor's name counts for nobody. Corrections so entered
    are numbered with the others, because theirs are the ids that are taken.
    """
    parts: dict[RepresentativeId, Contribution] = {}

    def part_of(owner: UUID, last_seen: datetime | None) -> Contribution:
        representative = RepresentativeId(owner)
        part = parts.get(representative, Contribution(representative=representative))
        moments = [moment for moment in (part.last_seen, last_seen) if moment is not None]
        return replace(part, last_seen=max(moments, default=None))

    days, _ = _by_author(automatic_time.REPRESENTATIVE, tracked)
    for of_days in map(automatic_time.TrackedRow.model_validate, days):
        part = part_of(of_days.representative_id, of_days.last_seen)
        parts[part.representative] = replace(part, tracked=part.tracked + (of_days.seconds or 0))
    own, foreign = _by_author(adjustments.REPRESENTATIVE, adjusted)
    for of_corrections in map(adjustments.AdjustedRow.model_validate, own):
        part = part_of(of_corrections.representative_id, of_corrections.last_seen)
        parts[part.representative] = replace(
            part,
            adjusted=part.adjusted + (of_corrections.seconds or 0),
            corrections=part.corrections + of_corrections.corrections,
        )
    own_logs, _ = _by_author(time_logs.REPRESENTATIVE, logged)
    for of_logs in map(time_logs.LoggedRow.model_validate, own_logs):
        part = part_of(of_logs.representative_id, of_logs.last_seen)
        seconds = (of_logs.minutes or 0) * SECONDS_A_MINUTE
        parts[part.representative] = replace(part, time_logs=part.time_logs + seconds)
    for of_activities in map(activities.SpentRow.model_validate, spent):
        part = part_of(of_activities.owner_id, of_activities.last_seen)
        seconds = (of_activities.minutes or 0) * SECONDS_A_MINUTE
        parts[part.representative] = replace(part, activities=seconds)
    for of_others in map(adjustments.AdjustedRow.model_validate, foreign):
        if known := parts.get(RepresentativeId(of_others.representative_id)):
            corrections = known.corrections + of_others.corrections
            parts[known.representative] = replace(known, corrections=corrections)
    return parts


def _naming(column: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield what is somebody's. Forms ask for whose time it is and a console does not."""
    return (row for row in rows if row.get(column))


def _by_author(column: str, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Return what somebody entered or owns, and what others entered in somebody's name.

    Whoever may write rows of their own may name anybody of their business unit in them. A row that
    an administrator brought in, or that got another owner since, is somebody's all the same, and so
    is a day in a colleague's name that reconciliation has made right: the service wrote it last.
    """
    own: list[Row] = []
    foreign: list[Row] = []
    for row in _naming(column, rows):
        author = row.get(CREATED_BY)
        kept_by_author = author is not None and author == row.get(OWNER)
        kept_by_author = kept_by_author and author == row.get(MODIFIED_BY, author)
        (foreign if kept_by_author and author != row[column] else own).append(row)
    return own, foreign
