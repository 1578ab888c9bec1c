"""What came of it all: what was sent, what is recorded, and which totals are not their parts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.real_queues.endurance.widgets import Diary

EVIDENCE, DAYS = "cht_focussegment", "cht_automatictime"
TOTALS, TASKS = "cht_casehandlingtime", "task"
MINUTE = 60

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]
"""Rows by table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was sent and what is recorded in the end."""

    diary: Diary
    rows: Rows
    poison: Mapping[str, object]
    outages: int
    seconds: float


def unequal_totals(rows: Rows) -> list[str]:
    """Return the cases of which the total is not the sum of its days and activities, and both."""
    days, activities = Counter[str](), Counter[str]()
    for row in rows[DAYS]:
        days[row["_cht_caseid_value"]] += row["cht_trackedseconds"]
    for row in rows[TASKS]:
        activities[row["_regardingobjectid_value"]] += MINUTE * row["actualdurationminutes"]
    parts = {case: (days[case], activities[case]) for case in days.keys() | activities.keys()}
    totals = {
        row["_cht_caseid_value"]: (row["cht_automaticseconds"], row["cht_activitiesseconds"])
        for row in rows[TOTALS]
    }
    return [
        f"the total of case {case} is {totals.get(case)} and not {parts.get(case)}"
        for case in sorted(totals.keys() | parts.keys())
        if totals.get(case) != parts.get(case)
    ]
