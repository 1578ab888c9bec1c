"""Some settings are known and others are not: no second is lost, and what is forbidden stays so."""

from uuid import UUID

import pytest

from tests.api.harness import Api, Clock, reported
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

APP, ENABLED = "office", "cht_HandlingTimeEnabled"
REFUSED = (403, "0x80040220")


def test_what_an_app_forbids_holds_while_the_environments_settings_are_refused(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, ben: User
) -> None:
    clock.advance(minutes=20)
    api.refresh(case, reported(case, 0, 600), user=ben, app=APP)
    closed = ("settingdefinition", "organizationsetting", "RetrieveSetting")
    mock.switches.refused = dict.fromkeys(closed, REFUSED)
    mock.setting("cht_MyTimeVisible", "false", app=APP)
    clock.advance(minutes=2)

    time = api.refresh(case, user=amira, app=APP).body["time"]

    assert (time["scope"], time["totalSeconds"]) == ("mine", 0)


@pytest.mark.parametrize("app", [None, APP])
def test_where_an_app_may_have_tracking_on_its_segments_are_evidence(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User, *, app: str | None
) -> None:
    mock.setting(ENABLED, "false")
    mock.setting(ENABLED, "true", app=APP)
    mock.switches.refused = dict.fromkeys(("appsetting", "RetrieveSetting"), REFUSED)
    clock.advance(minutes=20)

    reply = api.refresh(case, reported(case, 0, 600), user=amira, app=app)

    assert list(reply.receipts.values()) == ["accepted"]
    assert reply.body["tracking"]["state"] == "stopped"


def test_before_any_setting_was_read_nothing_is_told_to_be_allowed(
    api: Api, mock: MockDataverse, clock: Clock, case: UUID, amira: User
) -> None:
    clock.advance(minutes=20)
    mock.fail_next(503, times=99)

    settings = api.refresh(case, reported(case, 0, 600), user=amira).body["settings"]

    assert (settings["handlingTimeEnabled"], settings["myTimeVisible"]) == (True, False)
