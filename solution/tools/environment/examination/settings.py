"""Are the settings defined, and do their values make sense?"""

from collections.abc import Iterator

from dataverse_client import DataverseClient
from functions.repositories.settings import APPS, DEFINITIONS, settings_book
from functions.timekeeping.settings import Settings
from solution.model.settings import SETTINGS
from solution.tools.environment.reporter import Finding, ok, problem, warning


def setting_findings(dataverse: DataverseClient) -> Iterator[Finding]:
    """Judge the settings by the rules of the functions, which are those that count."""
    definitions = list(dataverse.rows(DEFINITIONS))
    defined = {row["uniquename"] for row in definitions}
    missing = [each.unique_name for each in SETTINGS if each.unique_name not in defined]
    for name in missing:
        yield problem(f"The setting {name} is not defined.", "Run `deploy --reimport`.")
    book = settings_book(definitions, dataverse.rows(APPS))
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
