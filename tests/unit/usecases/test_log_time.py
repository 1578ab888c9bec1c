from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from functions.timekeeping.entries import Category, TimeLog
from functions.timekeeping.errors import (
    CaseNotFound,
    EntryExists,
    EntryNotFound,
    InvalidEntry,
    NotYourEntry,
    TimeLogsNotAllowed,
)
from functions.timekeeping.identifiers import CaseId, TimeLogId
from functions.timekeeping.settings import Settings, SettingsBook
from functions.usecases.log_time import NewTimeLog, TimeLogChange, TimeLogging
from tests.builders import BORIS, CASE, NOON, OTHER_CASE, TODAY, at, time_log
from tests.unit.usecases.memory import MemoryLedger, Storage

ID = TimeLogId(UUID(int=1))
FIFTEEN = NewTimeLog(id=ID, minutes=15, category=Category.RESEARCH)
TOMORROW = TODAY + timedelta(days=1)


@dataclass(slots=True)
class MemoryTimeLogs:
    """Keeps logs by id; tells names, as Dataverse does."""

    kept: dict[TimeLogId, TimeLog] = field(default_factory=dict)
    saves: int = 0

    def find(self, case: CaseId, log: TimeLogId) -> TimeLog | None:
        found = self.kept.get(log)
        return replace(found, name="Amira") if found and found.case == case else None

    def add(self, log: TimeLog) -> bool:
        if log.id in self.kept:
            return False
        self.kept[log.id] = log
        return True

    def save(self, log: TimeLogId, change: TimeLogChange) -> None:
        self.saves += 1
        self.kept[log] = replace(self.kept[log], **change.values())  # type: ignore[arg-type]


def logs_with(*logs: TimeLog) -> MemoryTimeLogs:
    return MemoryTimeLogs({each.id: each for each in logs})


def logging(
    logs: MemoryTimeLogs,
    *,
    settings: Settings | None = None,
    case: CaseId = CASE,
    at_second: int = 0,
) -> TimeLogging:
    storage = Storage(settings=SettingsBook(environment=settings or Settings()))
    return TimeLogging(
        case=case, app=None, now=at(at_second), ledger=MemoryLedger(storage), logs=logs
    )


def test_time_is_logged_for_today_unless_told_otherwise() -> None:
    logs = MemoryTimeLogs()

    assert logging(logs).add(FIFTEEN) == time_log(15)
    assert logs.kept == {ID: time_log(15)}


def test_today_is_that_of_the_reporting_zone() -> None:
    settings = Settings(reporting_zone=ZoneInfo("Pacific/Kiritimati"))

    log = logging(MemoryTimeLogs(), settings=settings).add(FIFTEEN)

    assert log.logged_on == date(2026, 3, 11)


@pytest.mark.parametrize("day", [TODAY, date(2026, 1, 1)])
def test_time_may_be_logged_for_a_day_until_today(day: date) -> None:
    log = logging(MemoryTimeLogs()).add(replace(FIFTEEN, logged_on=day))

    assert log.logged_on == day


def test_time_is_not_logged_for_a_day_to_come() -> None:
    logs = MemoryTimeLogs()

    with pytest.raises(InvalidEntry, match="yet to come") as caught:
        logging(logs).add(replace(FIFTEEN, logged_on=TOMORROW))
    assert caught.value.field == "loggedOn"
    assert logs.kept == {}


def test_where_logging_is_switched_off_nothing_is_logged() -> None:
    logs = MemoryTimeLogs()

    with pytest.raises(TimeLogsNotAllowed):
        logging(logs, settings=Settings(time_logs_allowed=False)).add(FIFTEEN)
    assert logs.kept == {}


def test_on_a_case_she_may_not_read_nothing_is_logged_or_changed() -> None:
    logs = logs_with(time_log())
    elsewhere = logging(logs, case=CaseId(UUID(int=404)))

    with pytest.raises(CaseNotFound):
        elsewhere.add(FIFTEEN)
    with pytest.raises(CaseNotFound):
        elsewhere.change(ID, TimeLogChange(minutes=1))
    assert logs.kept == {ID: time_log()}


@pytest.mark.parametrize(
    "existing",
    [
        pytest.param(time_log(), id="as it was"),
        pytest.param(time_log(voided=True), id="voided since"),
    ],
)
def test_the_same_log_again_is_the_one_there_is(existing: TimeLog) -> None:
    logs = logs_with(existing)

    again = logging(logs, at_second=60).add(FIFTEEN)

    assert again == replace(existing, name="Amira")
    assert again.created_at == NOON
    assert logs.kept == {ID: existing}


@pytest.mark.parametrize(
    "existing",
    [
        pytest.param(time_log(16), id="other minutes"),
        pytest.param(time_log(note="call"), id="another note"),
        pytest.param(replace(time_log(), category=Category.MISCELLANEOUS), id="category"),
        pytest.param(replace(time_log(), logged_on=date(2026, 3, 9)), id="another day"),
        pytest.param(time_log(representative=BORIS), id="somebody else's"),
        pytest.param(replace(time_log(), case=OTHER_CASE), id="of another case"),
    ],
)
def test_an_id_that_another_log_has_is_taken(existing: TimeLog) -> None:
    logs = logs_with(existing)

    with pytest.raises(EntryExists):
        logging(logs).add(replace(FIFTEEN, logged_on=TODAY))
    assert logs.kept == {ID: existing}


def test_a_log_of_today_may_be_repeated_after_midnight() -> None:
    existing = replace(time_log(), logged_on=date(2026, 3, 9))
    logs = logs_with(existing)

    assert logging(logs).add(FIFTEEN).logged_on == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (TimeLogChange(minutes=20), time_log(20)),
        (TimeLogChange(note="call"), time_log(note="call")),
        (
            TimeLogChange(category=Category.COLLABORATION),
            replace(time_log(), category=Category.COLLABORATION),
        ),
        (
            TimeLogChange(logged_on=date(2026, 3, 9)),
            replace(time_log(), logged_on=date(2026, 3, 9)),
        ),
        (TimeLogChange(voided=True), time_log(voided=True)),
    ],
)
def test_only_what_is_told_changes(change: TimeLogChange, expected: TimeLog) -> None:
    logs = logs_with(time_log())

    assert logging(logs).change(ID, change) == replace(expected, name="Amira")
    assert logs.kept == {ID: expected}


def test_a_note_can_be_emptied() -> None:
    logs = logs_with(time_log(note="call"))

    assert logging(logs).change(ID, TimeLogChange(note="")).note == ""


def test_a_voided_log_can_be_restored() -> None:
    logs = logs_with(time_log(voided=True))

    assert not logging(logs).change(ID, TimeLogChange(voided=False)).voided
    assert not logs.kept[ID].voided


@pytest.mark.parametrize(
    "change", [TimeLogChange(), TimeLogChange(minutes=15), TimeLogChange(voided=False)]
)
def test_a_change_that_changes_nothing_writes_nothing(change: TimeLogChange) -> None:
    logs = logs_with(time_log())

    logging(logs).change(ID, change)

    assert logs.saves == 0


def test_a_repeated_change_is_written_once() -> None:
    logs = logs_with(time_log())

    for _ in range(2):
        assert logging(logs).change(ID, TimeLogChange(minutes=20)).minutes == 20
    assert logs.saves == 1


def test_existing_logs_can_be_changed_where_logging_is_switched_off() -> None:
    off = Settings(time_logs_allowed=False)

    changed = logging(logs_with(time_log()), settings=off).change(ID, TimeLogChange(minutes=20))

    assert changed.minutes == 20


def test_a_log_is_not_moved_to_a_day_to_come() -> None:
    logs = logs_with(time_log())

    with pytest.raises(InvalidEntry):
        logging(logs).change(ID, TimeLogChange(logged_on=TOMORROW))
    assert logs.saves == 0


def test_a_log_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(EntryNotFound):
        logging(MemoryTimeLogs()).change(ID, TimeLogChange(minutes=20))


@pytest.mark.parametrize(
    ("visible", "refusal"),
    [
        pytest.param(True, NotYourEntry, id="seen"),
        pytest.param(False, EntryNotFound, id="hidden, so it is not told that there is one"),
    ],
)
def test_somebody_elses_log_is_not_changed(refusal: type[Exception], *, visible: bool) -> None:
    logs = logs_with(time_log(representative=BORIS))

    with pytest.raises(refusal):
        logging(logs, settings=Settings(my_time_visible=visible)).change(
            ID, TimeLogChange(minutes=20)
        )
    assert logs.saves == 0
