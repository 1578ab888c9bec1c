"""What must be true when the dust has settled, in the words of the invariants."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from tests.mock_dataverse.app import MockDataverse
from tests.simulation.agenda import BEGINNING
from tests.simulation.figures import Figures, Range
from tests.simulation.host import Host
from tests.simulation.office import Office
from tests.simulation.people import Person
from tests.simulation.truth import Spot, Truth
from tests.simulation.widgets import Device, Piece

OUR_TABLES = (
    "cht_focussegment",
    "cht_automatictime",
    "cht_timeadjustment",
    "cht_timelog",
    "cht_casehandlingtime",
    "cht_handlingtimesnapshot",
)
KEPT = {"accepted", "duplicate", "queued"}
COLUMNS = {
    "automatic": "cht_automaticseconds",
    "timelogs": "cht_timelogsseconds",
    "activities": "cht_activitiesseconds",
    "total": "cht_totalseconds",
}
TOLD = {
    "automatic": "automaticSeconds",
    "timelogs": "timeLogsSeconds",
    "activities": "activitiesSeconds",
    "total": "totalSeconds",
}
Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Everything there is when a story is over."""

    truth: Truth
    mock: MockDataverse
    host: Host
    office: Office
    people: Mapping[int, Person]
    devices: Mapping[tuple[int, int], Device]

    @property
    def figures(self) -> Figures:
        return Figures(self.truth, self.people)


def differences(course: Settled) -> list[str]:
    """Return what differs from the truth, in words."""
    checks = (_deliveries, _evidence, _days, _totals, _answers, _snapshots)
    return [found for check in checks for found in check(course)]


def stored_by_us(mock: MockDataverse) -> dict[str, list[Row]]:
    return {table: mock.rows(table) for table in OUR_TABLES}


def snapshots_of(mock: MockDataverse) -> dict[str, object]:
    """Return the snapshots by their id."""
    rows = mock.rows("cht_handlingtimesnapshot")
    return {str(row["cht_handlingtimesnapshotid"]): row for row in rows}


def _deliveries(course: Settled) -> Iterator[str]:
    """I3: nothing still waits, and nothing was put aside."""
    for device in course.devices.values():
        if device.waiting:
            yield f"{device.waiting} pieces of {device.who}/{device.number} were never settled"
    for who, person in course.people.items():
        if person.waiting:
            yield f"{person.waiting} entries of {who} were never answered"
    for letter in course.host.poison:
        yield f"{letter.queue}: {letter.body}"


def _evidence(course: Settled) -> Iterator[str]:
    """I3, I6: each piece is evidence once, as it was seen; what was refused is none."""
    rows: defaultdict[UUID, list[Row]] = defaultdict(list)
    for row in course.mock.rows("cht_focussegment"):
        rows[UUID(str(row["cht_focussegmentid"]))].append(row)
    for device in course.devices.values():
        for piece in device.recorded.values():
            ids = {piece.id} | {uuid5(piece.id, day) for day in _days_around(piece)}
            found = [row for each in ids for row in rows.pop(each, [])]
            receipt = device.receipts.get(piece.id, "none")
            deleted = course.office.was_deleted(piece.case)
            if not found and deleted:
                continue
            if receipt not in KEPT:
                yield f"the receipt of {piece.told} is {receipt}"
            if (fault := _fault(piece, found, str(course.office.case_id(piece.case)))) is not None:
                yield f"evidence of {piece.told}: {fault}"
    for each in rows:
        yield f"nobody recorded the segment {each}"


def _fault(piece: Piece, rows: list[Row], case: str) -> str | None:
    spans = sorted((_second(row["cht_startedon"]), _second(row["cht_endedon"])) for row in rows)
    bounds = [spans[0][0], *(end for _, end in spans)] if spans else []
    adjoining = [start for start, _ in spans] == bounds[:-1]
    if not spans or not adjoining or (bounds[0], bounds[-1]) != (piece.start, piece.end):
        return f"its spans are {spans}"
    if {row["_cht_caseid_value"] for row in rows} != {case}:
        return "of another case"
    focus = {_second(row["cht_focusstartedon"]) for row in rows}
    return None if focus == {piece.focus} else f"its focus began at {focus}"


def _days(course: Settled) -> Iterator[str]:
    """The recorded days say what is true, each in one row, with the case that has it now."""
    seen: set[Spot] = set()
    for spot, counted, _ in _recorded(course):
        if spot in seen:
            yield f"two rows of {_named(spot)}"
        seen.add(spot)
        if course.truth.survivor.get(spot[1]) != counted:
            yield f"{_named(spot)} counts for case {counted}"
    yield from seconds_of_days(course)


def seconds_of_days(course: Settled) -> Iterator[str]:
    """Yield where recorded days do not say what is true, whichever case has them now."""
    truth = course.truth
    recorded: Counter[Spot] = Counter()
    for spot, _, seconds in _recorded(course):
        recorded[spot] += seconds
    for spot in sorted(truth.most.keys() | +recorded):
        least, most = truth.least[spot], truth.most[spot]
        if not least <= recorded[spot] <= most:
            yield f"{_named(spot)}: {recorded[spot]} s recorded, {_range((least, most))} true"


def days_beside_evidence(course: Settled) -> Iterator[str]:
    """Yield where recorded days do not say what the segments that are stored amount to.

    Days go with a case that is deleted, and its segments stay.
    """
    mock, office = course.mock, course.office
    gone = {str(office.case_id(case)) for case in office.cases if office.was_deleted(case)}
    winners: defaultdict[tuple[object, object], dict[int, tuple[int, int, object]]] = defaultdict(
        dict
    )
    for row in mock.rows("cht_focussegment"):
        of_day = winners[row["_cht_representativeid_value"], row["cht_day"]]
        focus, tie = _second(row["cht_focusstartedon"]), UUID(str(row["cht_focussegmentid"])).int
        for second in range(_second(row["cht_startedon"]), _second(row["cht_endedon"])):
            this = (focus, tie, row["_cht_caseid_value"])
            of_day[second] = max(this, of_day.get(second, this), key=lambda each: each[:2])
    due: Counter[tuple[object, ...]] = Counter(
        (*whose_day, case)
        for whose_day, of_day in winners.items()
        for _, _, case in of_day.values()
        if case not in gone
    )
    recorded: Counter[tuple[object, ...]] = Counter()
    for row in mock.rows("cht_automatictime"):
        worked_on = row["cht_recordedoncase"] or row["_cht_caseid_value"]
        whose_day = row["_cht_representativeid_value"], row["cht_day"]
        recorded[(*whose_day, worked_on)] += int(str(row["cht_trackedseconds"]))
    for spot in sorted((due - recorded) | (recorded - due), key=str):
        yield f"day {spot}: {recorded[spot]} s recorded, {due[spot]} s in evidence"


def _recorded(course: Settled) -> Iterator[tuple[Spot, int, int]]:
    """Yield for each row where it was worked, the case that has it now, and its seconds."""
    office = course.office
    whose = {str(user.systemuserid): who for who, user in office.users.items()}
    cases = {str(office.case_id(case)): case for case in office.cases}
    for row in course.mock.rows("cht_automatictime"):
        counted = str(row["_cht_caseid_value"])
        worked_on = cases[str(row["cht_recordedoncase"] or counted)]
        who = whose[str(row["_cht_representativeid_value"])]
        spot = (who, worked_on, date.fromisoformat(str(row["cht_day"])))
        yield spot, cases[counted], int(str(row["cht_trackedseconds"]))


def _totals(course: Settled) -> Iterator[str]:
    """Totals per case say what is true."""
    rows = {
        str(row["cht_casehandlingtimeid"]): row for row in course.mock.rows("cht_casehandlingtime")
    }
    for case in course.office.cases:
        row = rows.pop(str(course.office.case_id(case)), None)
        for kind, expected in course.figures.of_all(case).items():
            found = int(str(row[COLUMNS[kind]])) if row else 0
            if not expected[0] <= found <= expected[1]:
                yield f"total of case {case}, {kind}: {found} s, {_range(expected)} true"
    for each in rows:
        yield f"a total of a case that nobody knows: {each}"


def _answers(course: Settled) -> Iterator[str]:
    """I2, I7: the API tells each representative the truth about each case, and no more."""
    figures = course.figures
    for case in course.office.cases:
        everyone = figures.of_all(case)
        for who in figures.contributors(case):
            user = course.office.users[who]
            reply = course.host.refresh(course.office.case_id(case), user=user)
            if reply.status != 200:
                yield f"the time of case {case} for {who} was answered {reply.status}"
                continue
            time, mine = reply.body["time"], figures.of(who, case)
            outer = everyone if course.office.my_time_visible else mine
            for told, expected in ((time["mine"], mine), (time, outer)):
                for kind, (least, most) in expected.items():
                    seconds = told[TOLD[kind]]
                    if not least <= seconds <= most:
                        yield (
                            f"representative {who} is told {seconds} s of case {case}, {kind},"
                            f" {_range((least, most))} true"
                        )


def _snapshots(course: Settled) -> Iterator[str]:
    """Each resolution has one snapshot, also where nobody was told of it: the night finds it."""
    resolutions = Counter(
        UUID(str(row["_incidentid_value"])) for row in course.mock.rows("incidentresolution")
    )
    versions: defaultdict[UUID, list[int]] = defaultdict(list)
    for row in course.mock.rows("cht_handlingtimesnapshot"):
        versions[UUID(str(row["_cht_caseid_value"]))].append(int(str(row["cht_version"])))
    for case in course.office.cases:
        case_id = course.office.case_id(case)
        found = sorted(versions.pop(case_id, []))
        if found != list(range(1, resolutions[case_id] + 1)):
            yield f"case {case} has the snapshots {found} of {resolutions[case_id]} resolutions"
    for case_id in versions:
        yield f"snapshots of a case that nobody knows: {case_id}"


def _days_around(piece: Piece) -> list[str]:
    moments = (piece.start - 86_400, piece.start, piece.end, piece.end + 86_400)
    return [(BEGINNING + timedelta(seconds=each)).date().isoformat() for each in moments]


def _second(moment: object) -> int:
    return int((datetime.fromisoformat(str(moment)) - BEGINNING).total_seconds())


def _named(spot: Spot) -> str:
    who, case, day = spot
    return f"representative {who} on case {case}, {day}"


def _range(range_: Range) -> str:
    least, most = range_
    return f"{most} s" if least == most else f"{least} to {most} s"
