from dataclasses import dataclass, field

import pytest

from functions.timekeeping.errors import CaseNotFound
from functions.timekeeping.settings import Settings, SettingsBook
from functions.timekeeping.totals import Contribution, Scope
from functions.usecases.show_history import (
    History,
    Lists,
    Part,
    Person,
    Section,
    Team,
    Wanted,
    show_history,
    show_representatives,
)
from tests.builders import AMIRA, BORIS, CASE, time_log
from tests.unit.usecases.memory import MemoryLedger, Storage

AMIRAS = Contribution(representative=AMIRA, tracked=100)
BORISES = Contribution(representative=BORIS, tracked=1000)
LOGS_ONLY = Contribution(representative=BORIS, time_logs=60)
MINE_ONLY = SettingsBook(environment=Settings(my_time_visible=False))
PEOPLE = {AMIRA: Person(name="Amira"), BORIS: Person(name="Boris")}
LISTS = Lists(time_logs=Part((time_log(),), "next"), people=PEOPLE)


@dataclass(slots=True)
class MemoryArchive:
    """Answers the same lists to every question and remembers the questions."""

    asked: list[Wanted] = field(default_factory=list)

    def read(self, wanted: Wanted) -> Lists:
        self.asked.append(wanted)
        return LISTS


def storage_with(*contributions: Contribution, settings: SettingsBook | None = None) -> Storage:
    figures = {each.representative: each for each in contributions}
    return Storage(figures=figures, settings=settings or SettingsBook())


def history(
    storage: Storage,
    archive: MemoryArchive,
    *sections: Section,
    cursor: str | None = None,
) -> History:
    return show_history(
        CASE,
        sections=sections or tuple(Section),
        cursor=cursor,
        app=None,
        ledger=MemoryLedger(storage),
        archive=archive,
    )


def team(storage: Storage, archive: MemoryArchive) -> Team:
    return show_representatives(CASE, app=None, ledger=MemoryLedger(storage), archive=archive)


def test_everybodys_automatic_time_is_shown_most_first() -> None:
    shown = history(storage_with(AMIRAS, BORISES), MemoryArchive())

    assert shown.automatic == (BORISES, AMIRAS)
    assert (shown.viewer, shown.scope) == (AMIRA, Scope.EVERYONE)


def test_the_lists_of_everybody_are_asked_for_with_the_names_of_those_shown() -> None:
    archive = MemoryArchive()

    shown = history(storage_with(AMIRAS, BORISES), archive)

    assert shown.lists is LISTS
    assert archive.asked == [
        Wanted(
            case=CASE,
            sections=frozenset(Section),
            only=None,
            people=frozenset({AMIRA, BORIS}),
        )
    ]


def test_with_my_time_hidden_only_the_callers_own_is_asked_for_and_shown() -> None:
    archive = MemoryArchive()

    shown = history(storage_with(AMIRAS, BORISES, settings=MINE_ONLY), archive)

    assert shown.automatic == (AMIRAS,)
    assert shown.scope is Scope.MINE
    assert archive.asked == [
        Wanted(case=CASE, sections=frozenset(Section), only=AMIRA, people=frozenset({AMIRA}))
    ]


def test_who_was_never_tracked_has_no_automatic_time() -> None:
    assert history(storage_with(LOGS_ONLY), MemoryArchive()).automatic == ()


def test_who_corrected_all_her_time_away_is_still_shown() -> None:
    own = Contribution(representative=AMIRA, adjusted=0, corrections=2)

    assert history(storage_with(own), MemoryArchive()).automatic == (own,)


def test_a_single_list_is_continued_without_the_others() -> None:
    archive = MemoryArchive()

    shown = history(storage_with(AMIRAS), archive, Section.TIME_LOGS, cursor="next")

    assert shown.automatic == ()
    assert archive.asked == [
        Wanted(case=CASE, sections=frozenset({Section.TIME_LOGS}), only=None, cursor="next")
    ]


def test_everyone_who_worked_on_the_case_is_shown_most_time_first() -> None:
    archive = MemoryArchive()

    shown = team(storage_with(AMIRAS, LOGS_ONLY), archive)

    assert shown.contributions == (AMIRAS, LOGS_ONLY)
    assert shown.people is PEOPLE
    assert archive.asked == [
        Wanted(case=CASE, sections=frozenset(), only=None, people=frozenset({AMIRA, BORIS}))
    ]


def test_with_my_time_hidden_nobody_else_is_named() -> None:
    archive = MemoryArchive()

    shown = team(storage_with(AMIRAS, BORISES, settings=MINE_ONLY), archive)

    assert shown.contributions == (AMIRAS,)
    assert shown.scope is Scope.MINE
    assert archive.asked[0].people == {AMIRA}


def test_of_a_case_she_may_not_read_nothing_is_asked() -> None:
    storage, archive = Storage(cases={}), MemoryArchive()

    with pytest.raises(CaseNotFound):
        history(storage, archive)
    with pytest.raises(CaseNotFound):
        team(storage, archive)
    assert archive.asked == []
