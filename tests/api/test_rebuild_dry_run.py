"""A dry run tells what a rebuild would do, and writes nothing."""

from uuid import UUID

import pytest

from operations.rebuild_report import REFUSED, WAITS
from tests.api.events import Desk
from tests.api.harness import Api, a_log, stored
from tests.api.rebuilding import Console, Office
from tests.api.reconciling import day_row, from_a_form, writes
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


@pytest.fixture
def troubled(
    api: Api,
    console: Console,
    mock: MockDataverse,
    amira: User,
    ben: User,
    case: UUID,
    other_case: UUID,
) -> set[str]:
    """All kinds of trouble at once; returns whose days nobody can write."""
    merged, gone, empty = (mock.add_row("incident", {"title": each}) for each in "mge")
    shut_out = {
        mock.add_user("Gone (test)", disabled=True),
        mock.add_user("Nobody (test)", entra_object_id=UUID(int=0)),
        mock.add_user("Elsewhere (test)", roles=("Customer Service Representative",)),
    }
    carla = mock.add_user("Carla (test)")
    for number, where in enumerate((case, other_case, merged, gone)):
        start = 600 * (number - 6)
        from_a_form(mock, amira, where, start, start + 500)
        from_a_form(mock, carla, where, start, start + 70)
    from_a_form(mock, ben, case, -60, 0)
    console.rebuild()
    mock.add_row("cht_timelog", a_log(merged, carla))
    mock.update_row("cht_automatictime", day_row(mock, case, amira), {"cht_trackedseconds": 1})
    mock.update_row("cht_automatictime", day_row(mock, case, ben), {"cht_segmentcount": 9})
    mock.delete_row("cht_automatictime", day_row(mock, merged, carla))
    mock.delete_row("cht_automatictime", day_row(mock, other_case, carla))
    mock.update_row("cht_casehandlingtime", case, {"cht_totalseconds": 5})
    nothing_left = {"cht_casehandlingtimeid": empty, "cht_caseid": empty, "cht_totalseconds": 5}
    mock.add_row("cht_casehandlingtime", nothing_left)
    for user in shut_out:
        from_a_form(mock, user, case, -60, 0)
    mock.delete_row("incident", gone)
    Desk(api, mock).merges(merged, into=other_case)
    mock.clear_requests()
    return {str(user.systemuserid) for user in shut_out}


def test_a_dry_run_writes_nothing_and_tells_what_the_run_after_it_does(
    console: Console, mock: MockDataverse, troubled: set[str]
) -> None:
    before = stored(mock)

    foretold = console.rebuild("--dry-run")

    assert writes(mock) == []
    assert stored(mock) == before
    done = console.rebuild()
    assert foretold.summary.replace("would be ", "") == done.summary
    assert done.summary == (
        "days mended: 2 missing, 1 too_few; totals written: 4 (1 were right); left as they are: 4"
    )
    assert (foretold.code, done.code) == (1, 1)
    assert len(troubled) == 3


def test_a_dry_run_foresees_totals_of_cases_that_have_no_figure_yet(
    console: Console, mock: MockDataverse, amira: User, ben: User, case: UUID
) -> None:
    from_a_form(mock, amira, case, -600, 0)
    from_a_form(mock, ben, case, -60, 0)

    foretold = console.rebuild("--dry-run")

    assert f"would write the total of case {case}: none -> 660 s" in foretold.findings
    assert foretold.summary == (
        "days would be mended: 2 missing; totals would be written: 1 (0 were right); "
        "left as they are: 0"
    )


def test_a_dry_run_foresees_totals_of_days_that_count_for_the_wrong_case(
    console: Console, office: Office
) -> None:
    row = day_row(office.mock, office.case, office.ben)
    office.mock.update_row("cht_automatictime", row, {"cht_caseid": office.other_case})
    for case in (office.case, office.other_case):
        office.mock.update_row("cht_casehandlingtime", case, {"cht_totalseconds": 1})

    foretold = console.rebuild("--dry-run")

    assert set(foretold.findings[1:]) == {
        f"would write the total of case {office.case}: no sum of its parts -> 1380 s",
        f"would write the total of case {office.other_case}: no sum of its parts -> 600 s",
    }
    assert "1 misplaced" in foretold.summary


@pytest.mark.parametrize("day", [None, "2026-01-01", "2026-03-05", "2026-03-08"])
@pytest.mark.parametrize("of", ["her", "somebody else", "nobody"])
@pytest.mark.parametrize("on", ["the case", "another"])
def test_a_dry_run_foresees_what_a_row_counts_for_whose_place_was_written_over(
    console: Console, office: Office, ben: User, day: str | None, of: str, on: str
) -> None:
    (row,) = (
        UUID(str(row["cht_automatictimeid"]))
        for row in office.mock.rows("cht_automatictime")
        if row["cht_day"] == "2026-03-10"
    )
    whose = {"her": office.amira.systemuserid, "somebody else": ben.systemuserid, "nobody": None}
    place = {
        "cht_day": day,
        "cht_representativeid": whose[of],
        "cht_caseid": {"the case": office.case, "another": office.other_case}[on],
    }
    office.mock.update_row("cht_automatictime", row, place)

    foretold = console.rebuild("--dry-run")

    done = console.rebuild()
    assert foretold.summary.replace("would be ", "") == done.summary
    assert office.rows == office.right


def test_a_dry_run_names_every_day_and_total_that_would_be_written(
    console: Console, office: Office
) -> None:
    office.spoil()

    foretold = console.rebuild("--dry-run")

    of = "would write {} of representative {} on case {}: {}"
    bens, hers = office.ben.systemuserid, office.amira.systemuserid
    assert set(foretold.findings) == {
        of.format("2026-03-05", bens, office.case, "9999 s -> 60 s (too_many)"),
        of.format("2026-03-10", hers, office.case, "none -> 600 s (missing)"),
        f"would write the total of case {office.case}: no sum of its parts -> 1380 s",
        f"would write the total of case {office.other_case}: no sum of its parts -> 600 s",
    }


def test_what_cannot_be_mended_is_listed_with_whom_and_why(
    console: Console, ben: User, case: UUID, troubled: set[str]
) -> None:
    done = console.rebuild()

    her_day = "2026-03-10 of representative {}"
    assert set(done.findings) == {
        f"{her_day.format(ben.systemuserid)} is left: {WAITS}",
        *(f"{her_day.format(whose)} on case {case} is left: {REFUSED}" for whose in troubled),
        "2 days are of cases that are gone; there is nothing to do",
    }
