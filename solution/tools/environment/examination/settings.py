"""Are the settings defined, and do their values make sense?"""

from collections.abc import Iterator

from dataverse_client import DataverseClient
from functions.repositories.questions import ask
from functions.repositories.settings import NOTHING_KNOWN, SettingsCache, resolved
from functions.timekeeping.settings import Settings
from solution.model.identity import APP_NAME
from solution.model.settings import SETTINGS
from solution.tools.environment.reporter import Finding, ok, problem, warning


def setting_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    """Judge the settings by the rules of the functions, which are those that count."""
    asked = SettingsCache().questions(APP_NAME)
    reading = asked.read(ask(dataverse, asked.questions))
    if reading.environment.refused:
        yield problem(
            f"Dataverse refuses to list the settings: {reading.environment.refused}.",
            "The functions ask for them one by one, or keep those that they knew last.",
        )
        return
    if reading.apps.unread:
        yield problem(
            f"Dataverse refuses to tell the settings of apps: {reading.apps.unread}.",
            "The functions use those that they knew last; where none are known, nobody sees the "
            "time of others or may log time by hand in an app.",
        )
    elif reading.apps.refused:
        yield warning(
            f"Dataverse refuses to list the settings of apps: {reading.apps.refused}.",
            "The functions ask for them one by one; nothing needs to be done.",
        )
    defined = reading.environment_values or {}
    missing = [each.unique_name for each in SETTINGS if each.unique_name not in defined]
    for name in missing:
        yield problem(f"The setting {name} is not defined.", "Run `deploy --reimport`.")
    book = resolved(reading, NOTHING_KNOWN)
    for each in book.problems:
        yield warning(
            f"The setting {each.setting} is {each.value!r}: {each.detail}.",
            "Set it on the settings page of the admin app.",
        )
    if not missing and not book.problems:
        yield ok(f"The settings are defined: {_said(book.environment)}.")


def _said(settings: Settings) -> str:
    parts = [
        f"tracking {_on(settings.handling_time_enabled)}",
        f"sent every {settings.update_interval_minutes} minutes",
        f"My time {_on(settings.my_time_visible)}",
        f"time logs {_on(settings.time_logs_allowed)}",
        f"days of {settings.reporting_zone.key}",
    ]
    return ", ".join(parts)


def _on(value: object) -> str:
    return "on" if value else "off"
