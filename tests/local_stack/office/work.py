"""The work of the last days: focus segments with the automatic time they amount to, and the rest.

Nobody is in two cases at once here, so automatic time is simply the sum of the segments.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from functions.timekeeping.identifiers import CaseId, RepresentativeId, automatic_time_id
from tests.local_stack.office.cases import RESOLVED, case_id
from tests.local_stack.office.people import AMIRA, BEN, CHLOE, OFFICE, Person

UPDATE_INTERVAL = timedelta(minutes=10)
RETENTION_SECONDS = 90 * 86_400
WORKSPACE = 0


@dataclass(frozen=True, slots=True)
class SeedRow:
    """A row of a table, and when it was created."""

    created_at: datetime
    table: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Session:
    """One focus: who had which case open, how many days ago, from when and for how long."""

    person: Person
    case: int
    days_ago: int
    start: time
    minutes: int

    def began(self, today: date) -> datetime:
        return at(today, self.days_ago, self.start)


@dataclass(frozen=True, slots=True)
class Log:
    """Time logged by hand; categories are Research, Collaboration, External Tool, Miscellaneous."""

    person: Person
    case: int
    days_ago: int
    minutes: int
    category: int
    note: str
    voided: bool = False


SESSIONS = (
    Session(AMIRA, 1, 3, time(8, 5), 25),
    Session(AMIRA, 4, 3, time(9, 0), 12),
    Session(AMIRA, 1, 2, time(10, 30), 8),
    Session(AMIRA, 8, 2, time(13, 15), 31),
    Session(AMIRA, 2, 1, time(15, 40), 14),
    Session(BEN, 2, 4, time(8, 0), 45),
    Session(BEN, 3, 3, time(9, 30), 18),
    Session(BEN, 2, 2, time(11, 0), 27),
    Session(BEN, 7, 1, time(14, 10), 9),
    Session(BEN, 1, 1, time(16, 0), 6),
    Session(CHLOE, 5, 4, time(12, 0), 22),
    Session(CHLOE, RESOLVED, 3, time(8, 45), 16),
    Session(CHLOE, 6, 2, time(9, 20), 38),
    Session(CHLOE, 1, 1, time(10, 50), 11),
)

LOGS = (
    Log(AMIRA, 1, 3, 20, 0, "Read the manual of the grinder"),
    Log(BEN, 1, 2, 15, 1, "Asked the second line"),
    Log(CHLOE, 1, 1, 10, 2, "Ordered a spare part in the warehouse tool"),
    Log(AMIRA, 1, 1, 5, 3, "Called back, nobody answered"),
    Log(AMIRA, 1, 1, 50, 0, "Logged on the wrong case", voided=True),
    Log(BEN, 2, 4, 30, 1, "Went through the switch logs with the provider"),
    Log(CHLOE, 6, 2, 25, 2, "Checked the sign-in logs"),
)

CORRECTION_SECONDS = -180
CORRECTION_REASON = "Left the case open while getting coffee"


def at(today: date, days_ago: int, clock: time) -> datetime:
    return datetime.combine(today - timedelta(days=days_ago), clock, UTC)


def work_rows(today: date) -> Iterator[SeedRow]:
    """Yield everything the representatives recorded up to yesterday."""
    for session in SESSIONS:
        yield from _segments(session, today)
    yield from _automatic_times(today)
    yield _correction(today)
    for number, log in enumerate(LOGS):
        yield _time_log(number, log, today)


def _segments(session: Session, today: date) -> Iterator[SeedRow]:
    """Yield the pieces a widget would have delivered: one per update interval."""
    began = session.began(today)
    end = began + timedelta(minutes=session.minutes)
    start = began
    while start < end:
        piece_end = min(start + UPDATE_INTERVAL, end)
        yield SeedRow(
            piece_end,
            "cht_focussegment",
            {
                **_who_and_where(session.person, session.case),
                "cht_focussegmentid": seeded_id(
                    f"segment/{session.person.alias}/{session.days_ago}/{start:%H%M}"
                ),
                "partitionid": str(session.person.systemuserid),
                "ttlinseconds": RETENTION_SECONDS,
                "cht_name": f"{wire(start)} {int((piece_end - start).total_seconds())} s",
                "cht_focusstartedon": wire(began),
                "cht_startedon": wire(start),
                "cht_endedon": wire(piece_end),
                "cht_day": began.date().isoformat(),
                "cht_endreason": "interval" if piece_end < end else "blur",
                "cht_surface": WORKSPACE,
                "cht_windowid": f"window-{session.person.alias}",
            },
        )
        start = piece_end


def _automatic_times(today: date) -> Iterator[SeedRow]:
    minutes: defaultdict[tuple[Person, int, date], int] = defaultdict(int)
    pieces: defaultdict[tuple[Person, int, date], int] = defaultdict(int)
    for session in SESSIONS:
        key = session.person, session.case, session.began(today).date()
        minutes[key] += session.minutes
        pieces[key] += len(list(_segments(session, today)))
    for (person, case, day), count in pieces.items():
        row_id = automatic_time_id(
            CaseId(case_id(case)), RepresentativeId(person.systemuserid), day
        )
        yield SeedRow(
            at(day, 0, time(20)),
            "cht_automatictime",
            {
                **_who_and_where(person, case),
                "cht_automatictimeid": str(row_id),
                "cht_name": f"{person.full_name} {day}",
                "cht_day": day.isoformat(),
                "cht_trackedseconds": minutes[person, case, day] * 60,
                "cht_segmentcount": count,
            },
        )


def _correction(today: date) -> SeedRow:
    """Return the adjustment Amira made to her time on the first case."""
    tracked = sum(each.minutes * 60 for each in SESSIONS if (each.person, each.case) == (AMIRA, 1))
    made_at = at(today, 2, time(16, 30))
    return SeedRow(
        made_at,
        "cht_timeadjustment",
        {
            **_who_and_where(AMIRA, 1),
            "cht_timeadjustmentid": seeded_id("adjustment/amira/1"),
            "cht_name": f"{AMIRA.full_name} {made_at.date()}",
            "cht_day": made_at.date().isoformat(),
            "cht_deltaseconds": CORRECTION_SECONDS,
            "cht_fromseconds": tracked,
            "cht_toseconds": tracked + CORRECTION_SECONDS,
            "cht_reason": CORRECTION_REASON,
        },
    )


def _time_log(number: int, log: Log, today: date) -> SeedRow:
    logged_at = at(today, log.days_ago, time(16, number))
    return SeedRow(
        logged_at,
        "cht_timelog",
        {
            **_who_and_where(log.person, log.case),
            "cht_timelogid": seeded_id(f"timelog/{number}"),
            "cht_name": f"{log.person.full_name} {logged_at.date()}",
            "cht_minutes": log.minutes,
            "cht_category": log.category,
            "cht_note": log.note,
            "cht_loggedon": logged_at.date().isoformat(),
            "statecode": int(log.voided),
            "statuscode": 2 if log.voided else 1,
        },
    )


def _who_and_where(person: Person, case: int) -> dict[str, object]:
    return {
        "cht_caseid": str(case_id(case)),
        "cht_representativeid": str(person.systemuserid),
        "ownerid": str(person.systemuserid),
    }


def seeded_id(name: str) -> str:
    row_id: UUID = uuid5(OFFICE, name)
    return str(row_id)


def wire(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
