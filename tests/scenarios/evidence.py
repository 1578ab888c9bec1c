"""What lies in Dataverse, in the words of the scenarios: who had which case in focus, from when."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from tests.local_stack.office.people import PEOPLE
from tests.mock_dataverse.app import MockDataverse
from tests.scenarios.stepped_clock import START

ALIASES = {str(person.systemuserid): person.alias for person in PEOPLE}


class Stretch(NamedTuple):
    """One focus as it was recorded, its pieces joined; in seconds from the start."""

    case: str
    began: int
    ended: int


class Evidence:
    """Reads the rows behind the back of the product."""

    def __init__(self, mock: MockDataverse) -> None:
        self._mock = mock

    def stretches(self, person: str = "amira") -> list[Stretch]:
        """Return what one person had in focus; pieces of one focus that adjoin are joined."""
        joined: list[tuple[object, Stretch]] = []
        for row in sorted(self._segments(person), key=lambda row: str(row["cht_startedon"])):
            focus = row["cht_focusstartedon"], row["_cht_caseid_value"]
            piece = Stretch(
                self._title(row), _seconds(row["cht_startedon"]), _seconds(row["cht_endedon"])
            )
            if joined and joined[-1][0] == focus and joined[-1][1].ended == piece.began:
                joined[-1] = focus, joined[-1][1]._replace(ended=piece.ended)
            else:
                joined.append((focus, piece))
        return [stretch for _, stretch in joined]

    def tracked(self, person: str = "amira") -> dict[str, int]:
        """Return a person's automatic seconds on each case that has any."""
        seconds: Counter[str] = Counter()
        for row in self._mock.rows("cht_automatictime"):
            if ALIASES[str(row["_cht_representativeid_value"])] == person:
                seconds[self._title(row)] += int(str(row["cht_trackedseconds"]))
        return dict(+seconds)

    def reasons(self, person: str = "amira") -> list[str]:
        """Return why each segment of a person ended, in the order of their beginnings."""
        rows = sorted(self._segments(person), key=lambda row: str(row["cht_startedon"]))
        return [str(row["cht_endreason"]) for row in rows]

    def surfaces(self, person: str = "amira") -> set[int]:
        return {int(str(row["cht_surface"])) for row in self._segments(person)}

    def time_logs(self) -> list[dict[str, object]]:
        return self._mock.rows("cht_timelog")

    def adjustments(self) -> list[dict[str, object]]:
        return self._mock.rows("cht_timeadjustment")

    def _segments(self, person: str) -> Iterable[dict[str, object]]:
        return (
            row
            for row in self._mock.rows("cht_focussegment")
            if ALIASES[str(row["_cht_representativeid_value"])] == person
        )

    def _title(self, row: dict[str, object]) -> str:
        case = UUID(str(row["_cht_caseid_value"]))
        return next(
            str(each["title"])
            for each in self._mock.rows("incident")
            if each["incidentid"] == str(case)
        )


def _seconds(moment: object) -> int:
    found = datetime.fromisoformat(str(moment)).astimezone(UTC)
    return int((found - START).total_seconds())
