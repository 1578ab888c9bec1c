"""A representative corrects her own automatic time; the evidence and the trace stay."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from tests.api.harness import Api, Clock, Reply, reported
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User


def _correct(api: Api, case: UUID, user: User, seconds: int, reason: str = "Lunch") -> Reply:
    body = {"durationSeconds": seconds, "reason": reason}
    return api.call("PUT", f"cases/{case}/automatic-time", body, user=user)


@pytest.fixture
def tracked(api: Api, clock: Clock, case: UUID, amira: User) -> None:
    """Ten minutes of focus."""
    clock.advance(minutes=10)
    api.deliver(reported(case, 0, 600), user=amira)


@pytest.mark.usefixtures("tracked")
@pytest.mark.parametrize("seconds", [0, 1, 599, 601, 86_400, 366 * 86_400])
def test_the_time_becomes_what_it_is_set_to(
    api: Api, case: UUID, amira: User, seconds: int
) -> None:
    reply = _correct(api, case, amira, seconds)

    assert reply.status == 200
    assert reply.body["automaticSeconds"] == reply.body["mine"]["automaticSeconds"] == seconds
    assert api.refresh(case, user=amira).body["time"]["automaticSeconds"] == seconds


@pytest.mark.usefixtures("tracked")
def test_who_when_from_to_and_why_can_be_traced(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    evidence = mock.rows("cht_focussegment"), mock.rows("cht_automatictime")
    _correct(api, case, amira, 300, " Lunch\tbreak ")
    clock.advance(minutes=1)
    _correct(api, case, amira, 450, "Shorter lunch")

    rows = mock.rows("cht_timeadjustment")

    assert [
        tuple(row[f"cht_{name}"] for name in ("fromseconds", "toseconds", "deltaseconds", "reason"))
        for row in rows
    ] == [(600, 300, -300, "Lunch\tbreak"), (300, 450, 150, "Shorter lunch")]
    assert [row["createdon"] for row in rows] == ["2026-03-10T12:10:00Z", "2026-03-10T12:11:00Z"]
    for row in rows:
        assert row["cht_day"] == "2026-03-10"
        assert row["_cht_caseid_value"] == str(case)
        for who in ("_ownerid", "_createdby", "_cht_representativeid"):
            assert row[f"{who}_value"] == str(amira.systemuserid)
        assert row["_createdonbehalfby_value"] == str(mock.service_user_id)
    assert (mock.rows("cht_focussegment"), mock.rows("cht_automatictime")) == evidence


@pytest.mark.usefixtures("tracked")
def test_the_history_shows_each_correction_newest_first(
    api: Api, clock: Clock, case: UUID, amira: User
) -> None:
    _correct(api, case, amira, 300, "First")
    clock.advance(minutes=1)
    _correct(api, case, amira, 450, "Second")

    (own,) = api.call("GET", f"cases/{case}/history", user=amira).body["automaticTime"]["items"]

    assert (own["seconds"], own["trackedSeconds"], own["adjustedSeconds"]) == (450, 600, -150)
    assert [
        (each["reason"], each["fromSeconds"], each["toSeconds"], each["deltaSeconds"], each["at"])
        for each in own["adjustments"]
    ] == [
        ("Second", 300, 450, 150, "2026-03-10T12:11:00Z"),
        ("First", 600, 300, -300, "2026-03-10T12:10:00Z"),
    ]


@pytest.mark.usefixtures("tracked")
def test_the_same_request_twice_is_one_correction(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    replies = [_correct(api, case, amira, 300) for _ in range(3)]

    assert [reply.body for reply in replies] == [replies[0].body] * 3
    assert len(mock.rows("cht_timeadjustment")) == 1


@pytest.mark.usefixtures("tracked")
@pytest.mark.parametrize("call", range(3))
def test_a_lost_answer_leaves_one_correction(
    api: Api, mock: MockDataverse, case: UUID, amira: User, call: int
) -> None:
    mock.fail_call(call, 0, when="after", drop=True)

    replies = [_correct(api, case, amira, 300) for _ in range(2)]

    assert replies[-1].status == 200
    assert replies[-1].body["automaticSeconds"] == 300
    assert len(mock.rows("cht_timeadjustment")) == 1


@pytest.mark.usefixtures("tracked")
def test_what_it_is_already_needs_no_correction(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    assert _correct(api, case, amira, 600).body["automaticSeconds"] == 600
    assert mock.rows("cht_timeadjustment") == []


@pytest.mark.usefixtures("tracked")
def test_time_goes_on_from_the_corrected_value(
    api: Api, clock: Clock, case: UUID, amira: User
) -> None:
    _correct(api, case, amira, 100)
    clock.advance(minutes=5)

    reply = api.refresh(case, reported(case, 600, 900), user=amira)

    assert reply.body["time"]["automaticSeconds"] == 400


@pytest.mark.usefixtures("tracked")
def test_time_is_never_below_zero_and_a_correction_is_made_from_what_is_shown(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, other_case: UUID, amira: User
) -> None:
    _correct(api, case, amira, 0)
    clock.advance(minutes=5)
    # The second case had the focus later, so the first one loses seconds it was corrected by.
    api.deliver(reported(other_case, 300, 600), user=amira)
    assert api.refresh(case, user=amira).body["time"]["automaticSeconds"] == 0

    reply = _correct(api, case, amira, 50)

    assert reply.body["automaticSeconds"] == 50
    row = mock.rows("cht_timeadjustment")[-1]
    assert (row["cht_fromseconds"], row["cht_toseconds"]) == (0, 50)
    assert row["cht_deltaseconds"] == 350
    assert api.refresh(case, user=amira).body["time"]["automaticSeconds"] == 50


@pytest.mark.usefixtures("tracked")
def test_only_ones_own_time_changes(api: Api, case: UUID, amira: User, ben: User) -> None:
    reply = _correct(api, case, ben, 1000)

    assert reply.body["automaticSeconds"] == 1600
    assert reply.body["mine"]["automaticSeconds"] == 1000
    assert api.refresh(case, user=amira).body["time"]["mine"]["automaticSeconds"] == 600


@pytest.mark.usefixtures("tracked")
def test_corrections_at_the_same_time_end_at_one_of_the_values(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    wanted = [100, 200, 300]

    with ThreadPoolExecutor(3) as windows:
        replies = list(windows.map(lambda each: _correct(api, case, amira, each), wanted))

    assert {reply.status for reply in replies} <= {200, 503}
    assert api.refresh(case, user=amira).body["time"]["automaticSeconds"] in wanted
    rows = mock.rows("cht_timeadjustment")
    chain = [600, *(row["cht_toseconds"] for row in rows)]
    assert [row["cht_fromseconds"] for row in rows] == chain[:-1]


@pytest.mark.usefixtures("tracked")
def test_the_day_is_the_reporting_zones(
    api: Api, mock: MockDataverse, case: UUID, amira: User
) -> None:
    mock.setting("cht_ReportingTimeZone", "Pacific/Auckland")
    api.restart()

    _correct(api, case, amira, 1)

    assert [row["cht_day"] for row in mock.rows("cht_timeadjustment")] == ["2026-03-11"]
