from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from functions.timekeeping.entries import Adjustment
from functions.timekeeping.errors import CaseNotFound
from functions.timekeeping.identifiers import AdjustmentId
from functions.timekeeping.settings import Settings, SettingsBook
from functions.timekeeping.totals import CaseTime, Contribution, Scope
from functions.usecases.correct_own_time import correct_own_time
from functions.usecases.ledger import StorageUnavailable
from tests.builders import AMIRA, BORIS, CASE, NOON, TODAY, at
from tests.unit.usecases.memory import Fault, MemoryLedger, Storage


@dataclass(slots=True)
class MemoryAdjustments:
    """Keeps corrections and adds them to the figures, as Dataverse sums them.

    ``rivals`` are targets of the same representative that are written just before ours.
    """

    storage: Storage
    rivals: list[int] = field(default_factory=list)
    kept: dict[AdjustmentId, Adjustment] = field(default_factory=dict)

    def add(self, adjustment: Adjustment) -> bool:
        if self.rivals:
            to_seconds = self.rivals.pop(0)
            correct(self.storage, to_seconds, MemoryAdjustments(self.storage, kept=self.kept))
        if adjustment.id in self.kept:
            return False
        self.kept[adjustment.id] = adjustment
        of = adjustment.representative
        own = self.storage.figures.get(of, Contribution(representative=of))
        self.storage.figures[of] = Contribution(
            representative=of,
            tracked=own.tracked,
            adjusted=own.adjusted + adjustment.delta_seconds,
            corrections=own.corrections + 1,
        )
        return True

    @property
    def only(self) -> Adjustment:
        (adjustment,) = self.kept.values()
        return adjustment


def correct(storage: Storage, seconds: int, adjustments: MemoryAdjustments) -> CaseTime:
    return correct_own_time(
        CASE,
        seconds,
        reason="forgot to close the tab",
        app=None,
        now=NOON,
        ledger=MemoryLedger(storage),
        adjustments=adjustments,
    )


def tracked(seconds: int, *, adjusted: int = 0) -> Storage:
    own = Contribution(representative=AMIRA, tracked=seconds, adjusted=adjusted)
    return Storage(figures={AMIRA: own, BORIS: Contribution(representative=BORIS, tracked=7)})


@pytest.mark.parametrize(
    ("storage", "wanted", "begins", "delta"),
    [
        pytest.param(tracked(100), 160, 100, 60, id="more"),
        pytest.param(tracked(100), 0, 100, -100, id="nothing"),
        pytest.param(tracked(100, adjusted=-40), 100, 60, 40, id="corrected before"),
        pytest.param(tracked(100, adjusted=-130), 10, 0, 40, id="had fallen below nothing"),
        pytest.param(Storage(), 30, 0, 30, id="never tracked"),
    ],
)
def test_a_correction_says_from_what_to_what_and_why(
    storage: Storage, wanted: int, begins: int, delta: int
) -> None:
    adjustments = MemoryAdjustments(storage)

    correct(storage, wanted, adjustments)

    kept = adjustments.only
    assert (kept.from_seconds, kept.to_seconds, kept.delta_seconds) == (begins, wanted, delta)
    assert (kept.case, kept.representative) == (CASE, AMIRA)
    assert (kept.day, kept.created_at) == (TODAY, NOON)
    assert kept.reason == "forgot to close the tab"
    assert storage.figures[AMIRA].automatic == wanted


def test_the_new_figures_are_told() -> None:
    storage = tracked(100)

    time = correct(storage, 160, MemoryAdjustments(storage))

    assert time.scope is Scope.EVERYONE
    assert time.mine.automatic == 160
    assert time.shown.automatic == 167
    assert (time.updated_at, time.next_update_at) == (NOON, at(600))


@pytest.mark.parametrize(
    "storage",
    [
        pytest.param(tracked(100), id="as tracked"),
        pytest.param(tracked(160, adjusted=-60), id="as corrected before"),
    ],
)
def test_time_that_is_right_needs_no_correction(storage: Storage) -> None:
    adjustments = MemoryAdjustments(storage)

    assert correct(storage, 100, adjustments).mine.automatic == 100
    assert adjustments.kept == {}


def test_time_below_nothing_is_nothing_already() -> None:
    storage = tracked(100, adjusted=-130)
    adjustments = MemoryAdjustments(storage)

    assert correct(storage, 0, adjustments).mine.automatic == 0
    assert adjustments.kept == {}


def test_a_repeated_request_corrects_once() -> None:
    storage = tracked(100)
    adjustments = MemoryAdjustments(storage)

    for _ in range(2):
        assert correct(storage, 160, adjustments).mine.automatic == 160
    assert adjustments.only.delta_seconds == 60


def test_who_is_overtaken_starts_again_from_what_is_true_now() -> None:
    storage = tracked(100)
    adjustments = MemoryAdjustments(storage, rivals=[500])

    assert correct(storage, 160, adjustments).mine.automatic == 160
    assert [each.delta_seconds for each in adjustments.kept.values()] == [400, -340]
    assert storage.figures[AMIRA].automatic == 160


def test_who_is_overtaken_by_the_same_correction_has_nothing_left_to_do() -> None:
    storage = tracked(100)
    adjustments = MemoryAdjustments(storage, rivals=[160])

    assert correct(storage, 160, adjustments).mine.automatic == 160
    assert adjustments.only.delta_seconds == 60


def test_who_is_overtaken_again_and_again_gives_up() -> None:
    storage = tracked(100)
    adjustments = MemoryAdjustments(storage, rivals=[1, 2, 3, 4])

    with pytest.raises(StorageUnavailable, match="corrected elsewhere"):
        correct(storage, 160, adjustments)


def test_the_day_is_that_of_the_reporting_zone() -> None:
    kiritimati = Settings(reporting_zone=ZoneInfo("Pacific/Kiritimati"))
    storage = Storage(settings=SettingsBook(environment=kiritimati))
    adjustments = MemoryAdjustments(storage)

    correct(storage, 60, adjustments)

    assert adjustments.only.day == date(2026, 3, 11)


def test_with_my_time_hidden_only_the_callers_own_is_told() -> None:
    storage = tracked(100)
    storage.settings = SettingsBook(environment=Settings(my_time_visible=False))

    assert correct(storage, 160, MemoryAdjustments(storage)).shown.automatic == 160


def test_on_a_case_she_may_not_read_nothing_is_corrected() -> None:
    storage = Storage(cases={})
    adjustments = MemoryAdjustments(storage)

    with pytest.raises(CaseNotFound):
        correct(storage, 60, adjustments)
    assert adjustments.kept == {}


def test_without_storage_nothing_is_corrected() -> None:
    storage = tracked(100)
    adjustments = MemoryAdjustments(storage)

    with pytest.raises(StorageUnavailable):
        correct_own_time(
            CASE,
            160,
            reason="",
            app=None,
            now=NOON,
            ledger=MemoryLedger(storage, faults=iter([Fault.BEFORE])),
            adjustments=adjustments,
        )
    assert adjustments.kept == {}
