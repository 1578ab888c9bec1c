"""Columns that several of our tables have."""

from solution.model.columns import Column, DateOnly, Lookup, Text, WholeNumber

MOST_SECONDS = 2_000_000_000  # within Dataverse's 32-bit whole number; about 63 years


def name(description: str) -> Text:
    """Return the column that lookups to a table show."""
    return Text(schema_name="cht_Name", label="Name", description=description, max_length=200)


def seconds(schema_name: str, label: str, description: str) -> WholeNumber:
    """Return a column of seconds that are never negative."""
    return WholeNumber(
        schema_name=schema_name,
        label=label,
        description=description,
        required=True,
        minimum=0,
        maximum=MOST_SECONDS,
    )


CASE = Lookup(
    schema_name="cht_CaseId",
    label="Case",
    description="The case the time was spent on.",
    required=True,
    target="incident",
    parental=True,
)
REPRESENTATIVE = Lookup(
    schema_name="cht_RepresentativeId",
    label="Representative",
    description="Who spent the time. Stays when the row's owner changes.",
    required=True,
    target="systemuser",
)
DAY = DateOnly(
    schema_name="cht_Day",
    label="Day",
    description="The day in the reporting time zone.",
    required=True,
)

RECORDED_ON = Text(
    schema_name="cht_RecordedOnCase",
    label="Recorded on case",
    description=(
        "The id of the case the time was recorded on, if that case has been merged into another."
    ),
    max_length=36,
)
"""A text, because the merged case may be deleted, and the time must still be known as its."""


def totals() -> tuple[Column, ...]:
    """Return the total seconds of a case and the parts they are the sum of."""
    return (
        seconds("cht_TotalSeconds", "Total seconds", "Automatic, time logs and activities."),
        seconds("cht_AutomaticSeconds", "Automatic seconds", "Tracked time and adjustments."),
        seconds("cht_TimeLogsSeconds", "Time log seconds", "Logged by hand."),
        seconds("cht_ActivitiesSeconds", "Activity seconds", "Activities regarding the case."),
    )
