"""What stories begin with, and what happens in several of them."""

from datetime import timedelta
from uuid import UUID

from functions.timekeeping.identifiers import CaseId, RepresentativeId, automatic_time_id
from tests.api.events import EVENTS
from tests.api.harness import NOON
from tests.api.reconciling import from_a_form
from tests.faults.world import AMIRA, CASE, OTHER_CASE, World

MIDNIGHT = 43_200
"""Seconds from noon."""

OLD_CASES = LOGGED, CALLED_BACK, CORRECTED = [
    UUID(f"5c0e7f3a-0000-4000-8000-00000000000{number}") for number in (3, 4, 5)
]
"""Nothing has changed of them for a month but what is named here."""

LOG = {"id": str(UUID(int=90)), "minutes": 30, "category": 2, "note": "Call"}
DAY = {
    "cht_automatictimeid": automatic_time_id(CaseId(CASE), RepresentativeId(AMIRA), NOON.date()),
    "cht_caseid": CASE,
    "cht_representativeid": AMIRA,
    "cht_day": NOON.date(),
    "cht_segmentcount": 1,
    "ownerid": AMIRA,
}
CORRECTION = {
    "cht_caseid": CASE,
    "cht_representativeid": AMIRA,
    "cht_day": NOON.date(),
    "cht_deltaseconds": -200,
    "cht_fromseconds": 600,
    "cht_toseconds": 400,
    "cht_reason": "Lunch",
    "ownerid": AMIRA,
}
LONG = "x" * 256 * 1024


def days_are_wrong(world: World) -> None:
    """Amira has a wrong day and a missing one, Ben only evidence; no total is written yet."""
    worked_on(world, 9)
    world.clock.advance(minutes=10)
    other = UUID(int=3)
    from_a_form(world.mock, world.amira, OTHER_CASE, 300, 900, cht_focussegmentid=other)
    from_a_form(world.mock, world.ben, CASE, 0, 600, cht_focussegmentid=UUID(int=4))


def hears_once(world: World) -> None:
    """Have only one message of what Dataverse tells twice: the other would make up for it."""
    world.hears()
    world.queues[EVENTS].pop()


def worked_on(world: World, recorded: int = 600) -> None:
    """Amira has had the case in focus for ten minutes, of which so many seconds are recorded."""
    world.clock.advance(minutes=10)
    from_a_form(world.mock, world.amira, CASE, 0, 600, cht_focussegmentid=UUID(int=1))
    world.mock.add_row("cht_automatictime", DAY | {"cht_trackedseconds": recorded})


def corrected(world: World, seconds: int) -> None:
    body = {"durationSeconds": seconds, "reason": "Lunch"}
    world.call("PUT", f"cases/{CASE}/automatic-time", body, user=world.amira)


def there_are_old_cases(world: World) -> None:
    month_ago = NOON - timedelta(days=30)
    for case in OLD_CASES:
        row = {"incidentid": case, "title": "New telephone", "modifiedon": month_ago}
        world.mock.add_row("incident", row)
