"""Whatever is wrong within the retention, one command makes it right from the evidence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from solution.model.roles import SERVICE
from tests.api.harness import NOON, a_log, stored
from tests.api.rebuilding import Console, Office
from tests.api.reconciling import days_of, from_a_form, writes
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


def test_days_and_totals_are_right_afterwards_and_the_causes_told(
    console: Console, office: Office
) -> None:
    office.spoil()

    done = console.rebuild()

    assert office.rows == office.right
    assert done.code == 0
    assert done.out == (
        "days mended: 1 missing, 1 too_many; totals written: 2 (0 were right); "
        "left as they are: 0\n"
    )


def test_a_second_run_finds_nothing_and_writes_nothing(
    console: Console, mock: MockDataverse, office: Office
) -> None:
    office.spoil()
    console.rebuild()
    before = stored(mock)
    mock.clear_requests()

    done = console.rebuild()

    assert writes(mock) == []
    assert stored(mock) == before
    assert done.summary.startswith("days mended: none; totals written: 0 (2 were right)")


def test_a_new_row_is_the_representatives_own(
    console: Console, mock: MockDataverse, amira: User, case: UUID
) -> None:
    from_a_form(mock, amira, case, -600, 0)

    console.rebuild()

    (row,) = mock.rows("cht_automatictime")
    whose = str(amira.systemuserid)
    assert (row["_ownerid_value"], row["_createdby_value"]) == (whose, whose)


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_days_older_than_the_retention_are_refused_naming_the_option(
    console: Console, option: str
) -> None:
    done = console.rebuild(option, "2026-02-28")

    assert (done.code, done.out) == (2, "")
    assert done.progress == (
        f"rebuild: {option} 2026-02-28: segments are kept for 9 days (cht_SegmentRetentionDays), "
        "so 2026-03-01 is the oldest day that can be made again\n"
    )


def test_a_last_day_before_the_first_is_refused(console: Console) -> None:
    done = console.rebuild("--from", "2026-03-10", "--to", "2026-03-09")

    assert (done.code, done.progress) == (
        2,
        "rebuild: --to 2026-03-09 is before --from 2026-03-10\n",
    )


def test_only_the_days_that_were_asked_for_are_made(
    console: Console, mock: MockDataverse, amira: User, case: UUID
) -> None:
    for days_ago in range(5):
        from_a_form(mock, amira, case, -60, 0, base=NOON - timedelta(days=days_ago))

    console.rebuild("--from", "2026-03-07", "--to", "2026-03-09")

    assert sorted(day for _, _, day in days_of(mock)) == ["2026-03-07", "2026-03-08", "2026-03-09"]


def test_a_row_that_says_to_be_of_a_day_to_come_is_made_as_well(
    console: Console, mock: MockDataverse, amira: User, case: UUID
) -> None:
    from_a_form(mock, amira, case, -60, 0, cht_day="2026-05-01")

    console.rebuild()

    assert days_of(mock) == {(str(case), str(amira.systemuserid), "2026-05-01"): (60, 1)}


def a_correction(case: UUID, user: User) -> dict[str, object]:
    log = a_log(case, user)
    told = {"cht_deltaseconds": 90, "cht_fromseconds": 0, "cht_toseconds": 90}
    whose = ("cht_caseid", "cht_representativeid", "ownerid")
    when = {"cht_day": "2026-03-10", "cht_reason": "Telephone"}
    return {name: log[name] for name in whose} | told | when


def a_total(case: UUID, _: User) -> dict[str, object]:
    return {"cht_casehandlingtimeid": case, "cht_caseid": case, "cht_totalseconds": 5}


@pytest.mark.parametrize(
    ("table", "figure", "seconds"),
    [
        pytest.param("cht_timelog", a_log, 420, id="a log"),
        pytest.param("cht_timeadjustment", a_correction, 90, id="a correction"),
        pytest.param("cht_casehandlingtime", a_total, 0, id="a total"),
    ],
)
def test_a_case_is_totalled_that_has_nothing_but(
    console: Console,
    mock: MockDataverse,
    amira: User,
    case: UUID,
    table: str,
    figure: Callable[[UUID, User], dict[str, object]],
    seconds: int,
) -> None:
    mock.add_row(table, figure(case, amira))

    console.rebuild()

    assert [row["cht_totalseconds"] for row in mock.rows("cht_casehandlingtime")] == [seconds]


def test_what_fills_many_pages_is_found(console: Console, mock: MockDataverse) -> None:
    mock.limits.page_rows = mock.limits.elastic_page_rows = 2
    for number in range(5):
        user = mock.add_user(f"Person {number} (test)")
        case = mock.add_row("incident", {"title": f"Case {number}"})
        from_a_form(mock, user, case, -60, 0)

    done = console.rebuild()

    assert done.summary.startswith("days mended: 5 missing; totals written: 5 ")
    assert len(mock.rows("cht_casehandlingtime")) == 5


def test_progress_is_a_line_for_each_week(console: Console, office: Office) -> None:
    done = console.rebuild("--from", "2026-03-09", "--to", "2026-03-17")

    first, second = done.progress.splitlines()
    assert first.startswith(
        "7 of 9 days: 1 days of representatives, 1 segments, mended none; 0:00:0"
    )
    assert first.endswith("more for the days")
    assert second.startswith("9 of 9 days: 1 days of representatives, 1 segments, mended none; ")
    assert office.rows == office.right


@pytest.mark.parametrize("words", [[], ["--dry-run"]])
def test_without_acting_for_people_it_says_that_the_role_is_not_complete(
    console: Console, mock: MockDataverse, amira: User, case: UUID, words: list[str]
) -> None:
    from_a_form(mock, amira, case, -60, 0)
    mock.add_role(replace(SERVICE, acts_on_behalf=False))

    done = console.rebuild(*words)

    assert done.code == 1
    assert "rebuild: the role of who signed in is not complete" in done.progress


def test_a_token_that_is_refused_is_told_with_how_to_go_on(
    console: Console, mock: MockDataverse
) -> None:
    done = console.rebuild("--dry-run", token="another-token")

    how_to_go_on, reason = done.progress.splitlines()[1:]
    assert done.code == 1
    assert how_to_go_on.endswith(f"rebuild --environment {mock.base_url} --dry-run")
    assert "does not accept the token" in reason
    assert "another-token" not in done.progress


def test_without_credentials_nothing_is_asked(console: Console, mock: MockDataverse) -> None:
    done = console.rebuild(token=None)

    assert done.code == 2
    assert "CHT_DEPLOY_TOKEN is not set" in done.progress
    assert mock.requests == []


@pytest.mark.parametrize("words", [["--from", "yesterday"], ["--to", "2026-02-30"]])
def test_what_is_no_day_is_refused(
    console: Console, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit):
        console.rebuild(*words)

    assert f"{words[1]!r} is not a day such as 2026-03-10" in capsys.readouterr().err
