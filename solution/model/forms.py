"""The forms on which people see a row.

Rows are made by the widget and by the functions. Forms show them, and let nobody write what is
evidence or worked out; only a time log can be put right, by whom it belongs to.
"""

from dataclasses import dataclass
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
    Table,
)


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


RECORD = Section(
    label="Record",
    columns=("cht_recordedoncase", "ownerid", "createdon", "modifiedby", "modifiedon"),
)
WRITTEN = Section(label="Record", columns=("createdon", "modifiedon"))

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
