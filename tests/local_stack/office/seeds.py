"""Puts the office into a mock Dataverse."""

from collections.abc import Iterator
from datetime import date, time

from tests.local_stack.office.activities import activity_rows
from tests.local_stack.office.cases import CASES, RESOLVED, STATUS_OF, SeededCase, case_id
from tests.local_stack.office.clock import OfficeClock
from tests.local_stack.office.people import CHLOE, PEOPLE
from tests.local_stack.office.work import SeedRow, at, seeded_id, wire, work_rows
from tests.mock_dataverse.app import MockDataverse

CUSTOMER = "Customer (demo)"
CUSTOMER_ID = seeded_id("account")
DAYS_AGO_OPENED = 14
DAYS_AGO_RESOLVED = 2
RESOLUTION_MINUTES = 30
APPS = {
    "msdyn_CustomerServiceWorkspace": "Customer Service workspace",
    "msdynce_hubapp": "Customer Service Hub",
}
"""The model-driven apps by their unique names."""


def seed(mock: MockDataverse, clock: OfficeClock, *, today: date, with_work: bool) -> None:
    """Add the people and the ten cases and, if wanted, what was done up to yesterday.

    The clock runs through the past meanwhile, so that every row was created when it says.
    """
    clock.show(at(today, DAYS_AGO_OPENED, time()))
    # Programs that test from outside have only this user to resolve cases and change settings with.
    mock.give_roles(mock.service_user_id, ("Case Time Service", "System Administrator"))
    for person in PEOPLE:
        mock.add_user(
            person.full_name,
            roles=person.roles,
            systemuserid=person.systemuserid,
            entra_object_id=person.entra_object_id,
        )
    for row in sorted(rows(today, with_work=with_work), key=lambda row: row.created_at):
        clock.show(row.created_at)
        mock.add_row(row.table, row.values)
    clock.show_now()


def rows(today: date, *, with_work: bool) -> Iterator[SeedRow]:
    """Yield every row but the people; those referred to were created first."""
    opened = at(today, DAYS_AGO_OPENED, time(7))
    yield SeedRow(opened, "account", {"accountid": CUSTOMER_ID, "name": CUSTOMER})
    for unique_name, name in APPS.items():
        yield SeedRow(opened, "appmodule", {"uniquename": unique_name, "name": name})
    for case in CASES:
        yield _case(case, today)
    yield _resolution(today, RESOLUTION_MINUTES if with_work else 0)
    if with_work:
        yield from work_rows(today)
        yield from activity_rows(today)


def _case(case: SeededCase, today: date) -> SeedRow:
    parent = {} if case.parent is None else {"parentcaseid": str(case_id(case.parent))}
    return SeedRow(
        at(today, DAYS_AGO_OPENED, time(8, case.number)),
        "incident",
        {
            "incidentid": str(case.id),
            "title": case.title,
            "ticketnumber": case.ticket_number,
            "customerid": CUSTOMER_ID,
            "ownerid": str(case.owner.systemuserid),
            "statecode": int(case.state),
            "statuscode": STATUS_OF[case.state],
            **parent,
        },
    )


def _resolution(today: date, minutes: int) -> SeedRow:
    resolved_at = at(today, DAYS_AGO_RESOLVED, time(9, 5))
    return SeedRow(
        resolved_at,
        "incidentresolution",
        {
            "activityid": seeded_id("resolution"),
            "subject": "The neighbour handed the parcel over",
            "incidentid": str(case_id(RESOLVED)),
            "regardingobjectid": str(case_id(RESOLVED)),
            "ownerid": str(CHLOE.systemuserid),
            "actualdurationminutes": minutes,
            "timespent": minutes,
            "actualend": wire(resolved_at),
            "statecode": 1,
            "statuscode": 2,
        },
    )
