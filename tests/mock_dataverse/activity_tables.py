"""Dataverse's activities: one table of all kinds, and one for each kind."""

from dataclasses import replace

from tests.mock_dataverse.columns import LONGEST_TEXT, Column, Kind
from tests.mock_dataverse.tables import (
    IMPORTED,
    Ownership,
    States,
    Table,
    Writes,
    guid,
    lookup,
    memo,
    moment,
    read_only,
    state_columns,
    system_columns,
    text,
    type_code,
    wanted,
    whole,
)

STATES = {0: "Open", 1: "Completed", 2: "Canceled", 3: "Scheduled"}
POINTER = "activitypointer"
PLANNED_MINUTES = whole("scheduleddurationminutes")


def activity(
    schema_name: str,
    statuses: dict[int, dict[int, str]],
    *more: Column,
    regards: tuple[str, ...] = ("incident", "account", "contact"),
    writes: Writes = Writes.ALL,
) -> Table:
    """Return one kind of activity; ``more`` tells what it has, or has otherwise than most.

    The type of each kind is derived from that of all, so the lookups of a kind cannot be bound by
    the names that those of all have: they are bound by names of their own.
    """
    name = schema_name.lower()
    navigation = "{}" if name == POINTER else f"{{}}_{name}"
    states = States(
        labels={state: label for state, label in STATES.items() if state in statuses},
        statuses=statuses,
    )
    regarding = Column(
        name="regardingobjectid",
        kind=Kind.LOOKUP,
        targets={navigation.format(f"regardingobjectid_{table}"): table for table in regards},
        open_ended=True,
    )
    columns = [
        guid("activityid"),
        wanted(text("subject")),
        memo("description"),
        read_only(type_code("activitytypecode", required=True)),
        whole("actualdurationminutes"),
        read_only(PLANNED_MINUTES),
        moment("actualstart"),
        moment("actualend"),
        moment("scheduledstart"),
        moment("scheduledend"),
        regarding,
        *system_columns(
            Ownership.USER,
            elastic=False,
            navigation=navigation,
            without=IMPORTED if name == POINTER else (),
        ),
        *state_columns(states),
        *more,
    ]
    return Table(
        schema_name=schema_name,
        entity_set=f"{name}s",
        label=schema_name,
        primary_id="activityid",
        primary_name="subject",
        columns={column.name: column for column in columns},
        storage=POINTER,
        discriminator=None if name == POINTER else name,
        privilege_name="Activity",
        writes=writes,
        states=states,
    )


TASK_STATUSES = {
    0: {2: "Not Started", 3: "In Progress", 4: "Waiting on someone else", 7: "Deferred"},
    1: {5: "Completed"},
    2: {6: "Canceled"},
}
PHONE_CALL_STATUSES = {0: {1: "Open"}, 1: {2: "Made", 4: "Received"}, 2: {3: "Canceled"}}
EMAIL_STATUSES = {
    0: {1: "Draft", 8: "Failed"},
    1: {2: "Completed", 3: "Sent", 4: "Received", 6: "Pending Send", 7: "Sending"},
    2: {5: "Canceled"},
}
APPOINTMENT_STATUSES = {
    0: {1: "Free", 2: "Tentative"},
    1: {3: "Completed"},
    2: {4: "Canceled"},
    3: {5: "Busy", 6: "Out of Office"},
}
SIMPLE_STATUSES = {0: {1: "Open"}, 1: {2: "Completed"}, 2: {3: "Canceled"}, 3: {4: "Scheduled"}}

INCIDENT_RESOLUTION = activity(
    "IncidentResolution",
    {0: {1: "Open"}, 1: {2: "Closed"}, 2: {3: "Canceled"}},
    memo("description", 100_000),
    lookup("incidentid", "incident"),
    whole("timespent"),
    whole("totaltimespent"),
    regards=("account",),
    writes=Writes.NOT_SIMULATED,
)

ACTIVITY_TABLES: tuple[Table, ...] = (
    activity(
        "ActivityPointer",
        SIMPLE_STATUSES,
        PLANNED_MINUTES,
        replace(lookup("ownerid", "systemuser", required=True), updatable=False),
        writes=Writes.REFUSED,
    ),
    activity("Task", TASK_STATUSES),
    activity("PhoneCall", PHONE_CALL_STATUSES),
    activity("Email", EMAIL_STATUSES, text("subject"), memo("description", LONGEST_TEXT)),
    activity(
        "Appointment",
        APPOINTMENT_STATUSES,
        memo("description", 1_048_576),
        PLANNED_MINUTES,
        wanted(moment("scheduledstart")),
        wanted(moment("scheduledend")),
    ),
    INCIDENT_RESOLUTION,
)
