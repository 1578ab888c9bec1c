"""What a story comes to: everything that counts, without moments and versions."""

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

Figures = dict[str, object]


def figures(world: World) -> Figures:
    """Return the rows of each of our tables, what was shown, and what should not have been."""
    rows = {
        table: sorted(
            tuple(str(row.get(column)) for column in columns) for row in world.mock.rows(table)
        )
        for table, columns in COLUMNS.items()
    }
    return {
        **rows,
        "receipts": sorted(world.receipts),
        "shown": world.shown,
        "left in queues": {queue: len(left) for queue, left in world.queues.items() if left},
        "surprises": world.surprises,
    }


def differences(found: Figures, expected: Figures) -> str:
    """Return in one line what differs; nothing if nothing does."""
    return "; ".join(
        f"{what}: {found[what]} instead of {expected[what]}"
        for what in expected
        if found[what] != expected[what]
    )
