"""The admin app's pages say what the model and the functions say."""

import json
from collections.abc import Callable, Mapping

import pytest

from functions.timekeeping.settings import NAMES, Settings, effective_settings
from solution.generator.pages import FILE, pages_model

PROJECT = FILE.parents[2]
CASES = json.loads((PROJECT / "test/pages/meanings.json").read_text("utf-8"))
VALUES: Mapping[str, Callable[[Settings], object]] = {
    "cht_HandlingTimeEnabled": lambda settings: settings.handling_time_enabled,
    "cht_UpdateIntervalMinutes": lambda settings: settings.update_interval_minutes,
    "cht_MyTimeVisible": lambda settings: settings.my_time_visible,
    "cht_TimeLogsAllowed": lambda settings: settings.time_logs_allowed,
    "cht_IdleLimitMinutes": lambda settings: settings.idle_limit_minutes,
    "cht_ReportingTimeZone": lambda settings: settings.reporting_zone.key,
    "cht_SegmentRetentionDays": lambda settings: settings.retention_days,
}


def as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_what_the_pages_know_of_the_model_is_current() -> None:
    hint = "run python -m solution.generator.pages"
    assert FILE.read_text("utf-8") == pages_model(), hint


def test_what_holds_by_default_is_what_the_functions_fall_back_to() -> None:
    model = {each["name"]: each["fallback"] for each in json.loads(pages_model())["settings"]}

    assert model == {name: as_text(VALUES[name](Settings())) for name in NAMES}


@pytest.mark.parametrize(("name", "text", "value", "detail"), CASES)
def test_a_stored_text_means_to_the_functions_what_the_page_says(
    name: str, text: str, value: str, detail: str
) -> None:
    settings = effective_settings({name: text})

    assert as_text(VALUES[name](settings)) == value
    assert [problem.detail for problem in settings.problems] == ([detail] if detail else [])


def test_every_other_name_of_a_zone_is_known_to_the_functions() -> None:
    aliases = json.loads((PROJECT / "pages/model/zoneAliases.json").read_text("utf-8"))

    unknown = [
        name for name in aliases if effective_settings({"cht_ReportingTimeZone": name}).problems
    ]
    assert unknown == []
