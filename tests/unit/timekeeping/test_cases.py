import pytest

from functions.timekeeping.cases import CaseState, StopReason, stop_reason
from functions.timekeeping.settings import Settings
from tests.builders import at, case

ON = Settings()
OFF = Settings(handling_time_enabled=False)


@pytest.mark.parametrize(
    ("state", "settings", "reason"),
    [
        (CaseState.ACTIVE, ON, None),
        (CaseState.RESOLVED, ON, StopReason.CASE_RESOLVED),
        (CaseState.CANCELLED, ON, StopReason.CASE_CANCELLED),
        (CaseState.ACTIVE, OFF, StopReason.TRACKING_DISABLED),
        (CaseState.RESOLVED, OFF, StopReason.TRACKING_DISABLED),
    ],
)
def test_why_a_case_is_not_tracked(
    state: CaseState, settings: Settings, reason: StopReason | None
) -> None:
    assert stop_reason(case(state=state), settings) is reason


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.CANCELLED])
def test_a_case_was_active_until_it_ended(state: CaseState) -> None:
    ended = case(state=state, ended=0)

    assert ended.was_active_at(at(-1))
    assert not ended.was_active_at(at(0))


def test_an_active_case_always_was() -> None:
    assert case(ended=0).was_active_at(at(1))


def test_a_case_that_ended_nobody_knows_when_was_not() -> None:
    assert not case(state=CaseState.RESOLVED).was_active_at(at(-1))
