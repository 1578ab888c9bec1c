"""What a story comes to: everything that counts, without moments and versions."""

from dataclasses import dataclass

from tests.faults.shown import Shown
from tests.faults.world import World

COLUMNS = {
    "cht_focussegment": (
        "cht_focussegmentid",
        "_cht_caseid_value",
        "_cht_representativeid_value",
        "cht_focusstartedon",
        "cht_startedon",
        "cht_endedon",
        "cht_day",
    ),
    "cht_automatictime": (
        "_cht_caseid_value",
        "_cht_representativeid_value",
        "_ownerid_value",
        "cht_day",
        "cht_trackedseconds",
        "cht_segmentcount",
        "cht_recordedoncase",
    ),
    "cht_timeadjustment": (
        "_cht_caseid_value",
        "_cht_representativeid_value",
        "cht_deltaseconds",
        "cht_fromseconds",
        "cht_toseconds",
        "cht_reason",
        "cht_recordedoncase",
    ),
    "cht_timelog": (
        "cht_timelogid",
        "_cht_caseid_value",
        "_cht_representativeid_value",
        "cht_minutes",
        "cht_category",
        "cht_note",
        "statecode",
        "cht_recordedoncase",
    ),
    "cht_casehandlingtime": (
        "cht_casehandlingtimeid",
        "cht_name",
        "cht_totalseconds",
        "cht_automaticseconds",
        "cht_timelogsseconds",
        "cht_activitiesseconds",
    ),
    "cht_handlingtimesnapshot": (
        "_cht_caseid_value",
        "cht_version",
        "cht_totalseconds",
        "cht_automaticseconds",
        "cht_timelogsseconds",
        "cht_activitiesseconds",
    ),
}

SECONDS = {
    "cht_automatictime": "cht_trackedseconds",
    "cht_casehandlingtime": "cht_totalseconds",
    "cht_handlingtimesnapshot": "cht_totalseconds",
}

Rows = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Figures:
    """The rows of each of our tables in an order of their own, and what else should be the same.

    Args:
        rows: by table.
        receipts: of segments.
        shown: what was read.
        left: messages that still wait, by queue.
        surprises: answers and errors that are nobody's but ours.
    """

    rows: dict[str, Rows]
    receipts: frozenset[str]
    shown: list[Shown]
    left: dict[str, int]
    surprises: list[str]

    def column(self, table: str, name: str) -> list[str]:
        """Return what each row of a table has in a column, in the order of the rows."""
        place = COLUMNS[table].index(name)
        return [row[place] for row in self.rows[table]]

    def seconds(self, table: str) -> list[int]:
        """Return the seconds of each row of a table that has some."""
        return [int(each) for each in self.column(table, SECONDS[table])]

    def instead_of(self, expected: "Figures") -> str:
        """Return in one line what differs; nothing if nothing does."""
        pairs: list[tuple[str, object, object]] = [
            (table, rows, expected.rows[table]) for table, rows in self.rows.items()
        ]
        pairs += [
            ("receipts", self.receipts, expected.receipts),
            ("shown", self.shown, expected.shown),
            ("left in queues", self.left, expected.left),
            ("surprises", self.surprises, expected.surprises),
        ]
        return "; ".join(
            f"{what}: {is_} instead of {due}" for what, is_, due in pairs if is_ != due
        )


def figures(world: World) -> Figures:
    """Return what there is now."""
    return Figures(
        rows={
            table: sorted(
                tuple(str(row.get(column)) for column in columns) for row in world.mock.rows(table)
            )
            for table, columns in COLUMNS.items()
        },
        receipts=frozenset(world.receipts),
        shown=world.shown,
        left={queue: len(left) for queue, left in world.queues.items() if left},
        surprises=world.surprises,
    )
