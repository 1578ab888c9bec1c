"""Whatever somebody wrote into recorded days, evidence and merges say the same as before."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest

from tests.api.events import Desk
from tests.api.harness import NOON, Api, Clock, reported
from tests.api.reconciling import reconcile
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

CHANGES = 12


def figures(mock: MockDataverse) -> Mapping[str, object]:
    """Return what is recorded of each day and case, by id; a case without time needs no total."""
    columns = (
        "_cht_caseid_value",
        "_cht_representativeid_value",
        "cht_day",
        "cht_trackedseconds",
        "cht_segmentcount",
    )
    days = {
        str(row["cht_automatictimeid"]): tuple(row[column] for column in columns)
        for row in mock.rows("cht_automatictime")
    }
    totals = {
        str(row["cht_casehandlingtimeid"]): row["cht_totalseconds"]
        for row in mock.rows("cht_casehandlingtime")
    }
    return days | {case: seconds for case, seconds in totals.items() if seconds}


@pytest.mark.parametrize("seed", range(3))
def test_days_and_totals_are_the_same_again_whatever_somebody_wrote_into_days(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, ben: User, seed: int
) -> None:
    chance = Random(seed)
    desk = Desk(api, mock)
    cases = [mock.add_row("incident", {"title": f"Case {number}"}) for number in range(4)]
    for base in (NOON, NOON + timedelta(days=1)):
        clock.now = base + timedelta(hours=1)
        for user in (amira, ben):
            starts = chance.sample(range(3000), 5)
            worked = [
                reported(chance.choice(cases), start, start + 300, base=base) for start in starts
            ]
            api.deliver(*worked, user=user)
    for merged, into in pairwise(chance.sample(cases, chance.randrange(1, 4))):
        desk.merges(merged, into=into)
    desk.settle()
    reconcile(api, "reconcile_history")
    before = figures(mock)
    values: dict[str, list[object]] = {
        "cht_caseid": [None, *cases],
        "cht_recordedoncase": [None, "no id", *map(str, cases)],
        "cht_representativeid": [None, amira.systemuserid, ben.systemuserid],
        "cht_day": [None, "2026-03-10", "2026-03-11", "2026-03-09"],
        "cht_trackedseconds": [None, 0, 9_000],
        "cht_segmentcount": [None, 0, 1],
    }
    rows = [UUID(str(row["cht_automatictimeid"])) for row in mock.rows("cht_automatictime")]
    for _ in range(CHANGES):
        column = chance.choice(sorted(values))
        row = chance.choice(rows)
        mock.update_row("cht_automatictime", row, {column: chance.choice(values[column])})

    reconcile(api, "reconcile_history", delivery=3)
    reconcile(api, "reconcile_history", delivery=3)

    assert figures(mock) == before
