"""The environment of a story: its users and cases, and what happens to these in Dataverse."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from tests.api.events import Desk, regarding
from tests.api.harness import Api
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User
from tests.simulation.story import (
    Cancelled,
    DayMadeWrong,
    DaysErased,
    Deleted,
    Merged,
    MyTimeSet,
    OfOffice,
    Reactivated,
    Resolved,
    TaskDone,
)

CASES = UUID("5c0e7f3a-0000-4000-8000-000000000000")
USERS = UUID("a0000000-0000-4000-8000-000000000000")
DAYS = "cht_automatictime"


@dataclass(frozen=True, slots=True)
class Automatic:
    """What is recorded of one representative on one case."""

    tracked: int
    adjusted: int


@dataclass(slots=True)
class Office:
    """Users, cases, and an administrator who acts on them."""

    mock: MockDataverse
    closed: Callable[[int], None] = lambda _: None
    opened: Callable[[int], None] = lambda _: None
    users: dict[int, User] = field(default_factory=dict)
    cases: list[int] = field(default_factory=list)
    my_time_visible: bool = True
    _desk: Desk | None = None
    _merged: dict[int, int] = field(default_factory=dict)
    _gone: set[int] = field(default_factory=set)
    _tasks: int = 0

    def furnish(self, api: Api, *, users: list[int], cases: list[int]) -> None:
        self._desk = Desk(api, self.mock)
        self.mock.switches.open_activities_block_resolving = False
        self.mock.limits.execution_ms_per_request = 0
        for number in users:
            self.users[number] = self.mock.add_user(
                f"Amira {number} (test)",
                systemuserid=uuid5(USERS, str(number)),
                entra_object_id=uuid5(USERS, f"sign-in {number}"),
            )
        for number in cases:
            row = {"incidentid": self.case_id(number), "title": f"Case {number}"}
            self.mock.add_row("incident", row)
        self.cases = cases

    @staticmethod
    def case_id(number: int) -> UUID:
        return uuid5(CASES, str(number))

    def is_open(self, case: int) -> bool:
        return case not in self._gone and self._state(case) == 0

    def was_deleted(self, case: int) -> bool:
        return case in self._gone

    def successors(self, case: int) -> Iterator[int]:
        """Yield the case, the one it was merged into, and so on."""
        yield case
        while case in self._merged:
            case = self._merged[case]
            yield case

    def automatic(self, user: User, case: int) -> Automatic:
        """Return what is recorded on the case itself, as Dataverse has it now."""

        def summed(table: str, column: str) -> int:
            return sum(
                int(str(row[column]))
                for row in self.mock.rows(table)
                if row["_cht_caseid_value"] == str(self.case_id(case))
                and row["_cht_representativeid_value"] == str(user.systemuserid)
            )

        return Automatic(
            tracked=summed(DAYS, "cht_trackedseconds"),
            adjusted=summed("cht_timeadjustment", "cht_deltaseconds"),
        )

    def happen(self, step: OfOffice) -> None:
        """Do what a step says, if it can be done."""
        assert self._desk is not None
        match step:
            case Resolved(case=case) | Cancelled(case=case) if self.is_open(case):
                close = self._desk.resolves if isinstance(step, Resolved) else self._desk.cancels
                close(self.case_id(case))
                self.closed(case)
            case Reactivated(case=case) if self._can_be_opened(case):
                self._desk.reactivates(self.case_id(case))
                self.opened(case)
            case Merged(case=case, into=into) if (
                case != into and self.is_open(case) and self.is_open(into)
            ):
                self._desk.merges(self.case_id(case), into=self.case_id(into))
                self._merged[case] = into
                self.closed(case)
            case Deleted(case=case) if self._can_be_deleted(case):
                self._desk.does("DELETE", f"incidents({self.case_id(case)})")
                self._gone.add(case)
                self.closed(case)
            case TaskDone(case=case) if case not in self._gone:
                self._add_task(step)
            case DayMadeWrong() | DaysErased():
                self._spoil_days(step)
            case MyTimeSet(visible=visible):
                self.mock.setting("cht_MyTimeVisible", "true" if visible else "false")
                self.my_time_visible = visible
            case _:
                pass

    def _add_task(self, step: TaskDone) -> None:
        assert self._desk is not None
        self._tasks += 1
        case, owner = self.case_id(step.case), self.users[step.who].systemuserid
        task = {
            "subject": "Call back",
            "actualdurationminutes": step.minutes,
            "ownerid_task@odata.bind": f"/systemusers({owner})",
            **regarding(case),
        }
        self._desk.does("PATCH", f"tasks({uuid5(CASES, f'task {self._tasks}')})", task)

    def _spoil_days(self, step: DayMadeWrong | DaysErased) -> None:
        for row in self._days(step.who, step.case):
            if isinstance(step, DaysErased):
                self.mock.delete_row(DAYS, row)
            else:
                self.mock.update_row(DAYS, row, {"cht_trackedseconds": step.seconds})

    def _can_be_opened(self, case: int) -> bool:
        return case not in self._gone and case not in self._merged and not self.is_open(case)

    def _can_be_deleted(self, case: int) -> bool:
        had_to_do_with_a_merge = {*self._merged, *self._merged.values()}
        return case not in self._gone and case not in had_to_do_with_a_merge

    def _state(self, case: int) -> object:
        wanted = str(self.case_id(case))
        return next(
            row["statecode"] for row in self.mock.rows("incident") if row["incidentid"] == wanted
        )

    def _days(self, who: int, case: int) -> list[UUID]:
        return [
            UUID(str(row["cht_automatictimeid"]))
            for row in self.mock.rows(DAYS)
            if row["_cht_caseid_value"] == str(self.case_id(case))
            and row["_cht_representativeid_value"] == str(self.users[who].systemuserid)
        ]
