from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import jwt
import pytest

from functions import wiring
from functions.configuration import Configuration, configuration
from functions.repositories.setting_questions import Reading, Told
from functions.timekeeping.errors import CaseNotFound
from functions.timekeeping.identifiers import CaseId
from functions.timekeeping.settings import Settings, SettingsBook
from functions.timekeeping.totals import CaseTime, Scope, TimeByKind
from functions.usecases.ledger import StorageUnavailable
from functions.wiring import DataverseHealth, LastTimes, Services
from tests.builders import CASE, NOON, OTHER_CASE, at

SIGN_IN, ANOTHER = UUID(int=1), UUID(int=2)
CLIENT = UUID("0e5d3c1b-2f64-4b8a-8d13-7c9a6e2f4b50")
TIME = CaseTime(
    case=CASE,
    scope=Scope.EVERYONE,
    shown=TimeByKind(automatic=100),
    mine=TimeByKind(automatic=60),
    updated_at=NOON,
    next_update_at=at(600),
)


class NoKeys:
    """Keys that nobody asks for."""

    def get_signing_key(self, kid: str) -> jwt.PyJWK:
        raise AssertionError(kid)


@dataclass(slots=True)
class Clock:
    """Stands still until a test moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


def services(values: Mapping[str, object] | None = None, *, clock: Clock | None = None) -> Services:
    config = Configuration.model_validate(
        {
            "dataverse_url": "https://org.example",
            "token_tenant": "5f1c2d0e-7a43-4c7b-9a55-0d4a1e6f8b21",
            "token_audience": "api://case-handling-time",
            **(values or {}),
        }
    )
    return wiring.build(config, keys=NoKeys(), clock=clock or Clock())


def test_the_last_time_is_remembered_for_each_person_and_case() -> None:
    times = LastTimes()
    later = replace(TIME, updated_at=at(60))

    times.keep(SIGN_IN, TIME)
    times.keep(SIGN_IN, later)

    assert times.get(SIGN_IN, CASE) == later
    assert times.get(SIGN_IN, OTHER_CASE) is None
    assert times.get(ANOTHER, CASE) is None


def test_of_too_many_times_the_one_kept_longest_ago_is_forgotten() -> None:
    times = LastTimes()
    cases = [CaseId(UUID(int=number)) for number in range(5001)]
    for case in cases[:-1]:
        times.keep(SIGN_IN, replace(TIME, case=case))
    times.keep(SIGN_IN, replace(TIME, case=cases[0]))

    times.keep(SIGN_IN, replace(TIME, case=cases[-1]))

    assert times.get(SIGN_IN, cases[0]) is not None
    assert times.get(SIGN_IN, cases[1]) is None
    assert times.get(SIGN_IN, cases[-1]) is not None


@pytest.mark.parametrize(
    ("answered_at", "failed_at", "reachable"),
    [
        pytest.param(None, None, None, id="never called"),
        pytest.param(NOON, None, True, id="answered"),
        pytest.param(None, NOON, False, id="failed"),
        pytest.param(at(1), NOON, True, id="answered since"),
        pytest.param(NOON, at(1), False, id="failed since"),
        pytest.param(NOON, NOON, True, id="both at once"),
    ],
)
def test_health_is_how_the_last_call_went(
    answered_at: datetime | None, failed_at: datetime | None, *, reachable: bool | None
) -> None:
    health = DataverseHealth(answered_at=answered_at, failed_at=failed_at)

    assert health.reachable is reachable


def test_each_call_notes_whether_dataverse_answered() -> None:
    clock = Clock()
    built = services(clock=clock)

    with pytest.raises(StorageUnavailable), built.storage_for(SIGN_IN):
        raise StorageUnavailable("no answer")
    assert (built.health.reachable, built.health.failed_at) == (False, NOON)

    clock.now = at(1)
    with built.storage_for(SIGN_IN):
        pass
    assert (built.health.reachable, built.health.answered_at) == (True, at(1))


def test_who_is_refused_was_answered() -> None:
    built = services()

    with pytest.raises(CaseNotFound), built.storage_for(SIGN_IN):
        raise CaseNotFound("no case")
    assert built.health.reachable is True


def test_a_fault_of_ours_says_nothing_about_dataverses_health() -> None:
    built = services()

    with pytest.raises(KeyError), built.storage_for(SIGN_IN):
        raise KeyError
    assert built.health.reachable is None


def test_before_the_settings_are_read_nothing_is_known_of_them() -> None:
    built = services()
    assert not built.last_settings.for_app(None).my_time_visible

    environment = Told(by_table={"cht_UpdateIntervalMinutes": "30"})
    built.shared.settings.keep(Reading(environment=environment, apps=Told(by_table={})))

    assert built.last_settings == SettingsBook(environment=Settings(update_interval_minutes=30))


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({}, id="system-assigned identity"),
        pytest.param({"client_id": CLIENT}, id="user-assigned identity"),
        pytest.param(
            {
                "dataverse_credential": "client_secret",
                "client_id": CLIENT,
                "client_secret": "hunter2",
            },
            id="secret",
        ),
        pytest.param(
            {
                "dataverse_credential": "client_certificate",
                "client_id": CLIENT,
                "client_key": "hunter2",
                "client_certificate": "certificate",
            },
            id="certificate",
        ),
    ],
)
def test_services_are_built_without_a_call_and_show_no_secret(values: dict[str, object]) -> None:
    assert "hunter2" not in repr(services(values))


def test_tokens_are_checked_as_configured() -> None:
    check = services({"token_scope": "use"}).tokens

    assert check.issuer == (
        "https://login.microsoftonline.com/5f1c2d0e-7a43-4c7b-9a55-0d4a1e6f8b21/v2.0"
    )
    assert (check.audience, check.scope) == ("api://case-handling-time", "use")


def test_a_process_builds_its_services_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHT_DATAVERSE_URL", "https://org.example")
    monkeypatch.setenv("CHT_TOKEN_TENANT", "5f1c2d0e-7a43-4c7b-9a55-0d4a1e6f8b21")
    monkeypatch.setenv("CHT_TOKEN_AUDIENCE", "api://case-handling-time")
    configuration.cache_clear()
    wiring.services.cache_clear()

    assert wiring.services() is wiring.services()
    configuration.cache_clear()
    wiring.services.cache_clear()
