"""Somebody at a command line beside the service, with time that passes at once."""

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self
from uuid import UUID

import pytest

from operations import rebuild
from operations.__main__ import parser
from solution.tools.environment.options import TOKEN
from tests.api.harness import NOON, Api, Clock, a_log, reported
from tests.api.reconciling import day_row, days_of, from_a_form, reconcile, totals_of
from tests.mock_dataverse.app import DEFAULT_TOKEN, MockDataverse
from tests.mock_dataverse.people import User

Rows = tuple[object, object]


class PassingTime(threading.Event):
    """Rests and waits that take no time; they are written down."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout or 0.0)
        return self.is_set()


class Interrupted(PassingTime):
    """Somebody presses Ctrl-C during a rest of the one that began."""

    def __init__(self, *, after: int) -> None:
        super().__init__()
        self._rests_left = after

    def wait(self, timeout: float | None = None) -> bool:
        is_main = threading.current_thread() is threading.main_thread()
        self._rests_left -= is_main
        if is_main and self._rests_left == 0:
            raise KeyboardInterrupt
        return super().wait(timeout)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left on the screen."""

    code: int
    out: str
    progress: str

    @property
    def findings(self) -> list[str]:
        """What was said before the last line."""
        return self.out.splitlines()[:-1]

    @property
    def summary(self) -> str:
        return self.out.splitlines()[-1]


@dataclass(slots=True)
class Console:
    """Types the command and reads what it says."""

    mock: MockDataverse
    clock: Clock
    capture: pytest.CaptureFixture[str]
    waited: list[float] = field(default_factory=list)

    def rebuild(
        self,
        *words: str,
        stopping: threading.Event | None = None,
        token: str | None = DEFAULT_TOKEN,
    ) -> Outcome:
        self.capture.readouterr()
        arguments = parser().parse_args(["rebuild", "--environment", self.mock.base_url, *words])
        time = PassingTime()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(TOKEN, token or "")
            code = rebuild.run(arguments, clock=self.clock, stopping=stopping or time)
        self.waited = time.waited
        out, progress = self.capture.readouterr()
        assert DEFAULT_TOKEN not in out + progress
        return Outcome(code, out, progress)


@dataclass(frozen=True, slots=True)
class Office:
    """Two people who worked on two cases five days before today's work; ``right`` are its rows."""

    mock: MockDataverse
    amira: User
    ben: User
    case: UUID
    other_case: UUID
    right: Rows

    @classmethod
    def after_work(cls, api: Api, amira: User, ben: User, case: UUID, other_case: UUID) -> Self:
        """Return the office four days later."""
        mock, base = api.mock, NOON - timedelta(days=5)
        from_a_form(mock, amira, case, 0, 600, base=base)
        from_a_form(mock, amira, other_case, 300, 900, base=base)
        from_a_form(mock, ben, case, 0, 60, base=base)
        mock.add_row("cht_timelog", a_log(case, ben))
        reconcile(api)
        api.clock.advance(minutes=20)
        api.deliver(reported(case, 0, 600), user=amira)
        reconcile(api)
        api.clock.advance(days=4)
        mock.clear_requests()
        return cls(mock, amira, ben, case, other_case, (days_of(mock), totals_of(mock)))

    @property
    def rows(self) -> Rows:
        """The days and totals as they are now."""
        return days_of(self.mock), totals_of(self.mock)

    def spoil(self) -> None:
        """Take a day away, give another too much, and make totals no sums of their parts."""
        bens = day_row(self.mock, self.case, self.ben)
        self.mock.update_row("cht_automatictime", bens, {"cht_trackedseconds": 9_999})
        (todays,) = (
            row["cht_automatictimeid"]
            for row in self.mock.rows("cht_automatictime")
            if row["cht_day"] == "2026-03-10"
        )
        self.mock.delete_row("cht_automatictime", UUID(str(todays)))
        for case in (self.case, self.other_case):
            self.mock.update_row("cht_casehandlingtime", case, {"cht_activitiesseconds": 77})
        self.mock.clear_requests()
