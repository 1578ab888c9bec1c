"""The history: three lists, newest first, every entry exactly once whatever happens meanwhile."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.api.harness import NOON, Api, Clock, a_log, reported
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

ENTRIES = 130
Seeder = Callable[[int, datetime], UUID]


def _pages(
    api: Api, case: UUID, user: User, section: str, *, between: Callable[[], object] = lambda: None
) -> Iterator[list[dict[str, Any]]]:
    cursor = None
    while True:
        query = f"section={section}" + (f"&cursor={cursor}" if cursor else "")
        reply = api.call("GET", f"cases/{case}/history?{query}", user=user)
        assert reply.status == 200, reply.text
        assert [name for name, part in reply.body.items() if isinstance(part, dict)] == [section]
        page = reply.body[section]
        yield page["items"]
        cursor = page["nextCursor"]
        if cursor is None:
            return
        between()


@pytest.fixture
def seed_log(mock: MockDataverse, case: UUID, amira: User, ben: User) -> Seeder:
    def seed(number: int, created: datetime) -> UUID:
        user = (amira, ben)[number % 2]
        logged_on = created.date() - timedelta(days=number % 3)
        log = a_log(case, user, cht_loggedon=logged_on, createdon=created)
        return mock.add_row("cht_timelog", log)

    return seed


@pytest.fixture
def seed_activity(mock: MockDataverse, case: UUID, amira: User, ben: User) -> Seeder:
    def seed(number: int, created: datetime) -> UUID:
        table = ("task", "phonecall", "email", "appointment")[number % 4]
        activity = {
            "regardingobjectid": case,
            "ownerid": (amira, ben)[number % 2].systemuserid,
            "subject": f"Number {number}",
            "createdon": created,
        }
        return mock.add_row(table, activity)

    return seed


@pytest.fixture(params=["timeLogs", "activities"])
def section(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def seed(section: str, seed_log: Seeder, seed_activity: Seeder) -> Seeder:
    return seed_log if section == "timeLogs" else seed_activity


def _place(entry: dict[str, Any]) -> tuple[str, str]:
    return (entry["loggedOn"], entry["createdAt"]) if "loggedOn" in entry else ("", entry["at"])


SPACINGS = {
    "apart": lambda number: number,
    "pairs": lambda number: number // 2,
    "one second": lambda _: 0,
    "two seconds": lambda number: number // 100,
}


@pytest.mark.parametrize("spacing", SPACINGS.values(), ids=SPACINGS)
def test_every_entry_comes_once_and_the_newest_first(
    api: Api, case: UUID, amira: User, section: str, seed: Seeder, spacing: Callable[[int], int]
) -> None:
    ids = [str(seed(n, NOON + timedelta(seconds=spacing(n)))) for n in range(ENTRIES)]

    pages = list(_pages(api, case, amira, section))

    entries = [entry for page in pages for entry in page]
    assert sorted(entry["id"] for entry in entries) == sorted(ids)
    assert [_place(each) for each in entries] == sorted(map(_place, entries), reverse=True)
    assert all(pages)


@pytest.mark.parametrize("spacing", SPACINGS.values(), ids=SPACINGS)
def test_an_entry_that_arrives_meanwhile_moves_no_other(
    api: Api, case: UUID, amira: User, section: str, seed: Seeder, spacing: Callable[[int], int]
) -> None:
    ids = [str(seed(n, NOON + timedelta(seconds=spacing(n)))) for n in range(ENTRIES)]

    later = NOON + timedelta(days=3)
    pages = _pages(api, case, amira, section, between=lambda: seed(0, later))
    found = [entry["id"] for page in pages for entry in page]

    assert sorted(found) == sorted(ids)


def test_an_import_of_many_entries_in_one_second_is_shown_to_its_end(
    api: Api, case: UUID, amira: User, section: str, seed: Seeder
) -> None:
    ids = [str(seed(number, NOON)) for number in range(480)]

    found = [entry["id"] for page in _pages(api, case, amira, section) for entry in page]

    assert sorted(found) == sorted(ids)


def test_without_a_section_all_three_lists_begin(
    api: Api, clock: Clock, case: UUID, amira: User, seed_log: Seeder, seed_activity: Seeder
) -> None:
    clock.advance(minutes=10)
    api.deliver(reported(case, 0, 600), user=amira)
    for number in range(60):
        seed_log(number, NOON)
        seed_activity(number, NOON)

    body = api.call("GET", f"cases/{case}/history", user=amira).body

    assert [each["seconds"] for each in body["automaticTime"]["items"]] == [600]
    assert body["timeLogs"]["nextCursor"]
    assert body["activities"]["nextCursor"]


def test_automatic_time_is_a_line_for_each_who_has_some_most_first(
    api: Api, clock: Clock, case: UUID, amira: User, ben: User
) -> None:
    clock.advance(minutes=10)
    api.deliver(reported(case, 0, 300), user=amira)
    clock.advance(minutes=1)
    api.deliver(reported(case, 0, 500), user=ben)

    (section,) = _pages(api, case, amira, "automaticTime")

    assert [
        (each["name"], each["seconds"], each["mine"], each["updatedAt"]) for each in section
    ] == [
        ("Ben (test)", 500, False, "2026-03-10T12:11:00Z"),
        ("Amira (test)", 300, True, "2026-03-10T12:10:00Z"),
    ]


def test_voided_logs_are_shown_and_do_not_count(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    voided = mock.add_row("cht_timelog", a_log(case, amira, statecode=1, statuscode=2))
    mock.add_row("cht_timelog", a_log(case, amira))

    (page,) = _pages(api, case, amira, "timeLogs")

    assert {each["id"]: each["status"] for each in page}[str(voided)] == "voided"
    assert len(page) == 2
    assert api.refresh(case, user=amira).body["time"]["timeLogsSeconds"] == 420


def test_activities_of_every_state_count_and_show_whose_they_are(
    api: Api, mock: MockDataverse, case: UUID, other_case: UUID, amira: User, ben: User
) -> None:
    base = {"regardingobjectid": case, "ownerid": ben.systemuserid, "subject": "Parcel"}
    for state, status, minutes in ((0, 2, 1), (1, 5, 10), (2, 6, 100)):
        row = {"statecode": state, "statuscode": status, "actualdurationminutes": minutes}
        mock.add_row("task", base | row)
    mock.add_row(
        "appointment", base | {"statecode": 3, "statuscode": 5, "actualdurationminutes": 1000}
    )
    mock.add_row("phonecall", base)
    elsewhere = {"regardingobjectid": other_case, "actualdurationminutes": 5}
    mock.add_row("task", base | elsewhere)

    (page,) = _pages(api, case, amira, "activities")
    time = api.refresh(case, user=amira).body["time"]

    assert sorted((each["type"], each["status"], each["minutes"]) for each in page) == [
        ("appointment", "scheduled", 1000),
        ("phonecall", "open", 0),
        ("task", "canceled", 100),
        ("task", "completed", 10),
        ("task", "open", 1),
    ]
    assert {(each["name"], each["mine"], each["subject"]) for each in page} == {
        ("Ben (test)", False, "Parcel")
    }
    assert time["activitiesSeconds"] == time["manualSeconds"] == 1111 * 60
    assert time["mine"]["activitiesSeconds"] == 0


def test_the_resolution_of_a_case_is_no_work_on_it(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    mock.add_row(
        "incidentresolution",
        {
            "regardingobjectid": case,
            "incidentid": case,
            "ownerid": amira.systemuserid,
            "subject": "Solved",
            "actualdurationminutes": 77,
            "timespent": 77,
        },
    )
    mock.update_row("incident", case, {"statecode": 1})

    reply = api.refresh(case, user=amira)
    team = api.call("GET", f"cases/{case}/representatives", user=amira).body

    assert list(_pages(api, case, amira, "activities")) == [[]]
    assert reply.body["time"]["totalSeconds"] == 0
    assert reply.body["tracking"] == {"state": "stopped", "reason": "case_resolved"}
    assert team["representatives"] == []


def test_an_entry_without_texts_is_shown_with_empty_ones(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    mock.add_row("cht_timelog", a_log(case, amira))
    mock.add_row("task", {"regardingobjectid": case, "ownerid": amira.systemuserid})

    body = api.call("GET", f"cases/{case}/history", user=amira).body

    assert body["timeLogs"]["items"][0]["note"] == ""
    assert body["activities"]["items"][0]["subject"] == ""


def test_times_are_utc_to_the_second(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    created = datetime(2026, 3, 9, 23, 59, 59, 999_999, tzinfo=UTC)
    mock.add_row(
        "cht_timelog", a_log(case, amira, createdon=created, cht_loggedon=date(2026, 3, 9))
    )

    (page,) = _pages(api, case, amira, "timeLogs")

    assert [each["createdAt"] for each in page] == ["2026-03-09T23:59:59Z"]
