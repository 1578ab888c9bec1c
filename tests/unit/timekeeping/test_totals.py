import pytest

from functions.timekeeping.totals import (
    CaseTime,
    Contribution,
    Scope,
    TimeByKind,
    outdated,
    shown_and_mine,
    summed,
)
from tests.builders import AMIRA, BORIS, CASE, NOON, at

AMIRAS = Contribution(representative=AMIRA, tracked=100, time_logs=20, activities=3)
BORISES = Contribution(representative=BORIS, tracked=1000, time_logs=200, activities=30)
EVERYBODYS = TimeByKind(automatic=1100, time_logs=220, activities=33)
OWN = TimeByKind(automatic=100, time_logs=20, activities=3)


def a_time(scope: Scope) -> CaseTime:
    return CaseTime(
        case=CASE,
        scope=scope,
        shown=EVERYBODYS if scope is Scope.EVERYONE else OWN,
        mine=OWN,
        updated_at=NOON,
        next_update_at=at(600),
    )


def test_a_total_counts_each_kind_once() -> None:
    time = TimeByKind(automatic=1, time_logs=20, activities=300)

    assert time.manual == 320
    assert time.total == 321


@pytest.mark.parametrize(
    ("adjusted", "automatic"),
    [
        pytest.param(0, 60, id="as tracked"),
        pytest.param(40, 100, id="more"),
        pytest.param(-60, 0, id="nothing left"),
        pytest.param(-61, 0, id="never below nothing"),
    ],
)
def test_automatic_time_is_what_was_tracked_and_corrected(adjusted: int, automatic: int) -> None:
    assert Contribution(representative=AMIRA, tracked=60, adjusted=adjusted).automatic == automatic


def test_what_one_took_away_too_much_is_not_taken_from_another() -> None:
    minus = Contribution(representative=AMIRA, tracked=60, adjusted=-1000)

    assert summed([minus, BORISES]).automatic == 1000


def test_the_sum_of_nobody_is_nothing() -> None:
    assert summed([]) == TimeByKind()


def test_with_scope_everyone_all_and_ones_own_are_told() -> None:
    both = {AMIRA: AMIRAS, BORIS: BORISES}

    assert shown_and_mine(both, viewer=AMIRA, scope=Scope.EVERYONE) == (EVERYBODYS, OWN)


def test_with_scope_mine_only_ones_own_is_told() -> None:
    both = {AMIRA: AMIRAS, BORIS: BORISES}

    assert shown_and_mine(both, viewer=AMIRA, scope=Scope.MINE) == (OWN, OWN)


def test_who_contributed_nothing_has_nothing() -> None:
    figures = {BORIS: BORISES}

    assert shown_and_mine(figures, viewer=AMIRA, scope=Scope.MINE) == (TimeByKind(), TimeByKind())


@pytest.mark.parametrize(
    ("then", "now", "scope", "shown"),
    [
        (Scope.EVERYONE, Scope.EVERYONE, Scope.EVERYONE, EVERYBODYS),
        (Scope.EVERYONE, Scope.MINE, Scope.MINE, OWN),
        (Scope.MINE, Scope.EVERYONE, Scope.MINE, OWN),
        (Scope.MINE, Scope.MINE, Scope.MINE, OWN),
    ],
)
def test_earlier_figures_show_no_more_than_both_scopes_allow(
    then: Scope, now: Scope, scope: Scope, shown: TimeByKind
) -> None:
    time = outdated(a_time(then), now)

    assert (time.scope, time.shown, time.mine) == (scope, shown, OWN)
    assert time.stale
