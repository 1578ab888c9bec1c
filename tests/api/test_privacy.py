"""I7: with My time visible off, no answer says anything of anybody else."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.api.harness import Api, Clock, Reply, a_log, reported
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

VISIBLE = "cht_MyTimeVisible"
APP = "office"
FIVE = ("totalSeconds", "automaticSeconds", "manualSeconds", "timeLogsSeconds", "activitiesSeconds")

BENS_SECONDS, CARLAS_SECONDS = 37_013, 41_047
BENS_DELTA, CARLAS_DELTA = 5_003, -1_009
BENS_MINUTES, CARLAS_MINUTES = 1_013, 1_117
BENS_CALL, CARLAS_CALL = 90_001, 90_059
OTHERS_AUTOMATIC = [BENS_SECONDS + BENS_DELTA, CARLAS_SECONDS + CARLAS_DELTA]
OTHERS_NUMBERS = {
    *(BENS_SECONDS, CARLAS_SECONDS, BENS_DELTA, CARLAS_DELTA),
    *(BENS_MINUTES, CARLAS_MINUTES, BENS_CALL, CARLAS_CALL),
    *OTHERS_AUTOMATIC,
    *(60 * minutes for minutes in (BENS_MINUTES, CARLAS_MINUTES, BENS_CALL, CARLAS_CALL)),
}
EVERYONES_AUTOMATIC = 600 + sum(OTHERS_AUTOMATIC)
EVERYONES_TIME_LOGS = 60 * (7 + BENS_MINUTES + CARLAS_MINUTES)
EVERYONES_ACTIVITIES = 60 * (11 + BENS_CALL + CARLAS_CALL)
EVERYONES_NUMBERS = {
    EVERYONES_AUTOMATIC,
    EVERYONES_TIME_LOGS,
    EVERYONES_ACTIVITIES,
    EVERYONES_TIME_LOGS + EVERYONES_ACTIVITIES,
    EVERYONES_AUTOMATIC + EVERYONES_TIME_LOGS + EVERYONES_ACTIVITIES,
}


@pytest.fixture
def carla(mock: MockDataverse) -> User:
    return mock.add_user("Carla (test)")


@pytest.fixture
def secrets(mock: MockDataverse, case: UUID, ben: User, carla: User) -> set[str]:
    """Give two other people time on the case; return every id and text of theirs."""
    found = set()
    for user, seconds, delta, minutes, call in (
        (ben, BENS_SECONDS, BENS_DELTA, BENS_MINUTES, BENS_CALL),
        (carla, CARLAS_SECONDS, CARLAS_DELTA, CARLAS_MINUTES, CARLAS_CALL),
    ):
        reason, note, subject = (
            f"{user.full_name} {word}" for word in ("forgot", "searched", "rang")
        )
        found |= {str(user.systemuserid), str(user.entra_object_id), user.full_name}
        found |= {reason, note, subject}
        log = a_log(case, user, cht_minutes=minutes, cht_note=note)
        owned = {key: log[key] for key in ("cht_caseid", "cht_representativeid", "ownerid")}
        day = {**owned, "cht_day": "2026-03-01"}
        tracked = {**day, "cht_trackedseconds": seconds, "cht_segmentcount": 77}
        corrected = {"cht_deltaseconds": delta, "cht_fromseconds": 1, "cht_toseconds": 2}
        activity = {"regardingobjectid": case, "ownerid": user.systemuserid}
        ids = [
            mock.add_row("cht_timelog", log),
            mock.add_row("cht_timelog", {**log, "statecode": 1, "statuscode": 2}),
            mock.add_row("cht_automatictime", tracked),
            mock.add_row("cht_timeadjustment", {**day, **corrected, "cht_reason": reason}),
            mock.add_row(
                "phonecall", {**activity, "subject": subject, "actualdurationminutes": call}
            ),
        ]
        found |= set(map(str, ids))
    return found


@pytest.fixture
def own_log(api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User) -> UUID:
    """Amira's own part: 600 seconds tracked, 7 minutes logged, 11 minutes of a task."""
    clock.advance(minutes=10)
    api.refresh(case, reported(case, 0, 600), user=amira)
    mock.add_row(
        "task",
        {
            "regardingobjectid": case,
            "ownerid": amira.systemuserid,
            "subject": "Own task",
            "actualdurationminutes": 11,
        },
    )
    return mock.add_row("cht_timelog", a_log(case, amira))


def _every_answer(api: Api, user: User, case: UUID, log: UUID, app: str | None) -> Iterator[Reply]:
    """Call every route, with what changes nothing for good."""
    sent = {"sentAt": "2026-03-10T12:10:00Z", "surface": "hub", "app": app}
    theirs = [row["cht_timelogid"] for row in api.mock.rows("cht_timelog")]
    paths = [("GET", f"cases/{case}/{name}", None) for name in ("history", "representatives")]
    logs = f"cases/{case}/time-logs"
    calls: list[tuple[str, str, object]] = [
        *paths,
        *(
            ("GET", f"cases/{case}/history?section={each}", None)
            for each in ("automaticTime", "timeLogs", "activities")
        ),
        ("POST", f"cases/{case}/focus", sent | {"event": "gained"}),
        ("POST", f"cases/{case}/refresh", sent),
        ("PUT", f"cases/{case}/automatic-time", {"durationSeconds": 700, "reason": "More"}),
        ("PUT", f"cases/{case}/automatic-time", {"durationSeconds": 600, "reason": "Less"}),
        ("PATCH", f"{logs}/{log}", {"minutes": 8}),
        ("PATCH", f"{logs}/{log}", {"minutes": 7}),
        ("DELETE", f"{logs}/{log}", None),
        ("POST", f"{logs}/{log}/restore", None),
        *(("PATCH", f"{logs}/{each}", {"minutes": 8}) for each in theirs if each != str(log)),
        ("GET", "settings", None),
    ]
    for method, path, body in calls:
        in_query = app is not None and not path.endswith(("/focus", "/refresh"))
        mark = "&" if "?" in path else "?"
        yield api.call(method, f"{path}{mark}app={app}" if in_query else path, body, user=user)
    yield api.call("POST", "segments", {"sentAt": sent["sentAt"], "segments": []}, user=user)
    yield api.call("GET", "health")


def _leaks(reply: Reply, secrets: set[str], *, asked: str = "") -> list[object]:
    """Return whatever an answer says of others: their words and ids, numbers and sums."""
    words = [word for word in secrets if word in reply.text and word != asked]
    numbers = {int(text) for text in re.findall(r"(?<![\w-])-?\d+(?![\w-])", reply.text)}
    return [*words, *(numbers & (OTHERS_NUMBERS | EVERYONES_NUMBERS))]


def _times(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    """Yield every case time in an answer."""
    if isinstance(value, dict):
        if "mine" in value and "scope" in value:
            yield value
        for member in value.values():
            yield from _times(member)


def _switch_off(api: Api, level: str) -> str | None:
    app = None if level == "environment" else APP
    api.mock.setting(VISIBLE, "false", app=app)
    api.restart()
    return app


def _refuse_to_tell(api: Api, level: str) -> str | None:
    """Let nobody know, from the beginning, whether it is off."""
    tables = ("settingdefinition", "organizationsetting") if level == "environment" else ()
    names = (*tables, "appsetting", "RetrieveSetting")
    api.mock.switches.refused = dict.fromkeys(names, (403, "0x80040220"))
    api.restart()
    return None if level == "environment" else APP


@pytest.mark.parametrize("make", [_switch_off, _refuse_to_tell])
@pytest.mark.parametrize("level", ["environment", "app"])
def test_with_it_off_no_answer_tells_of_others(
    api: Api,
    case: UUID,
    amira: User,
    secrets: set[str],
    own_log: UUID,
    *,
    level: str,
    make: Callable[[Api, str], str | None],
) -> None:
    app = make(api, level)

    for reply in _every_answer(api, amira, case, own_log, app):
        if reply.status == 404:  # it names the id that was asked for, which is no news
            asked = reply.body["detail"].rpartition(" ")[2]
            assert _leaks(reply, secrets, asked=asked) == []
            continue
        assert reply.status == 200, reply.text
        assert _leaks(reply, secrets) == []
        for time in _times(reply.body):
            assert time["scope"] == "mine"
            assert {name: time[name] for name in FIVE} == time["mine"]


def test_with_it_off_lists_hold_ones_own_alone(
    api: Api, case: UUID, amira: User, secrets: set[str], own_log: UUID
) -> None:
    _switch_off(api, "environment")

    history = api.call("GET", f"cases/{case}/history", user=amira).body
    team = api.call("GET", f"cases/{case}/representatives", user=amira).body

    assert secrets
    assert [each["seconds"] for each in history["automaticTime"]["items"]] == [600]
    assert [each["id"] for each in history["timeLogs"]["items"]] == [str(own_log)]
    assert [each["subject"] for each in history["activities"]["items"]] == ["Own task"]
    assert [each["mine"] for each in team["representatives"]] == [True]
    assert history["scope"] == team["scope"] == "mine"


def test_with_it_off_somebody_elses_log_is_one_that_does_not_exist(
    api: Api, mock: MockDataverse, case: UUID, amira: User, ben: User
) -> None:
    theirs, nowhere = mock.add_row("cht_timelog", a_log(case, ben)), uuid4()
    _switch_off(api, "environment")

    for method, tail in (("PATCH", ""), ("DELETE", ""), ("POST", "/restore")):
        hidden, missing = (
            api.call(method, f"cases/{case}/time-logs/{log}{tail}", {"minutes": 8}, user=amira)
            for log in (theirs, nowhere)
        )

        assert hidden.status == 404
        assert hidden.text == missing.text.replace(str(nowhere), str(theirs))


def test_with_it_off_in_one_app_the_others_show_everyone(
    api: Api, case: UUID, amira: User, secrets: set[str], own_log: UUID
) -> None:
    _switch_off(api, "app")

    reply = api.refresh(case, user=amira, app="another")

    assert secrets
    assert own_log
    assert reply.body["time"]["scope"] == "everyone"
    assert reply.body["time"]["automaticSeconds"] == EVERYONES_AUTOMATIC


def test_with_it_on_everyones_figures_are_there(
    api: Api, case: UUID, amira: User, secrets: set[str], own_log: UUID
) -> None:
    answers = list(_every_answer(api, amira, case, own_log, None))
    said = "".join(reply.text for reply in answers)
    time = api.refresh(case, user=amira).body["time"]

    assert {word for word in secrets if word not in said} <= _never_told(api)
    assert time["scope"] == "everyone"
    assert time["automaticSeconds"] == EVERYONES_AUTOMATIC
    assert time["timeLogsSeconds"] == EVERYONES_TIME_LOGS
    assert time["activitiesSeconds"] == EVERYONES_ACTIVITIES
    assert time["manualSeconds"] == EVERYONES_TIME_LOGS + EVERYONES_ACTIVITIES
    assert time["totalSeconds"] == max(EVERYONES_NUMBERS)
    assert list(time["mine"].values()) == [1680, 600, 1080, 420, 660]
    assert any(_leaks(reply, secrets) for reply in answers)


def _never_told(api: Api) -> set[str]:
    """Return ids that no answer has a place for: sign-ins, and rows of days."""
    users = {str(row["azureactivedirectoryobjectid"]) for row in api.mock.rows("systemuser")}
    return users | {str(row["cht_automatictimeid"]) for row in api.mock.rows("cht_automatictime")}


@pytest.mark.parametrize("level", ["environment", "app"])
def test_last_known_figures_show_no_more_than_the_setting_now_allows(
    api: Api,
    mock: MockDataverse,
    clock: Clock,
    case: UUID,
    amira: User,
    secrets: set[str],
    own_log: UUID,
    *,
    level: str,
) -> None:
    app = None if level == "environment" else APP
    mock.setting("cht_TimeLogsAllowed", "true", app=APP)
    before = api.refresh(case, user=amira, app=app)
    mock.setting(VISIBLE, "false", app=app)
    clock.advance(seconds=61)
    api.call("GET", "settings", user=amira)
    mock.fail_next(503, times=99)

    reply = api.refresh(case, reported(case, 600, 660), user=amira, app=app)

    assert _leaks(before, secrets) != []
    assert own_log
    assert reply.status == 202
    assert _leaks(reply, secrets) == []
    time = reply.body["time"]
    assert (time["scope"], time["stale"], time["automaticSeconds"]) == ("mine", True, 600)
    assert {name: time[name] for name in FIVE} == time["mine"]
