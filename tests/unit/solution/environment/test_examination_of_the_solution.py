from uuid import UUID

import pytest

from solution.model.identity import APP_NAME, CONTROL_NAME
from solution.model.tables import AUTOMATIC_TIME, FOCUS_SEGMENT, TABLES, TIME_LOG, Table
from solution.tools.environment.examination.installed import (
    app_findings,
    control_findings,
    packaged_control_version,
    solution_finding,
)
from solution.tools.environment.examination.settings import setting_findings
from solution.tools.environment.examination.tables import (
    flag_findings,
    table_findings,
)
from solution.tools.environment.reporter import Level
from tests.mock_dataverse.app import MockDataverse
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.findings import not_well, only, rows_of


def set_version(mock: MockDataverse, version: str) -> None:
    (row,) = rows_of(mock, "solution", uniquename="CaseHandlingTime")
    mock.update_row("solution", UUID(row["solutionid"]), {"version": version})


@pytest.mark.parametrize(
    ("version", "level", "said"),
    [
        ("0.1.0.0", Level.OK, "0.1.0.0 is installed"),
        ("0.0.9.9", Level.WARNING, "not 0.1.0.0"),
        ("0.10.0.0", Level.WARNING, "newer than these tools"),
    ],
)
def test_the_version_is_compared_with_that_of_the_tools(
    mock: MockDataverse, desk: Desk, version: str, level: Level, said: str
) -> None:
    set_version(mock, version)

    finding = solution_finding(desk.session.dataverse)

    assert finding.level is level
    assert said in finding.what


def test_tables_that_are_as_the_model_says_are_well(mock: MockDataverse, desk: Desk) -> None:
    (organization,) = mock.rows("organization")
    mock.update_row(
        "organization", UUID(str(organization["organizationid"])), {"isauditenabled": True}
    )

    findings = list(table_findings(desk.session.dataverse))

    assert not_well(findings) == []
    assert len(findings) == len(TABLES) + 1


def test_without_the_environments_audit_log_that_of_tables_is_of_no_use(desk: Desk) -> None:
    ((level, what),) = not_well(table_findings(desk.session.dataverse))

    assert level == "warning"
    assert "keeps no audit log" in what


@pytest.mark.parametrize(
    ("table", "flags", "expected"),
    [
        (TIME_LOG, {}, []),
        (
            TIME_LOG,
            {"ChangeTrackingEnabled": False},
            ["Changes of the table cht_timelog are not tracked."],
        ),
        (TIME_LOG, {"IsAuditEnabled": {"Value": False}}, ["The table cht_timelog is not audited."]),
        (
            AUTOMATIC_TIME,
            {},
            ["The table cht_automatictime is audited: each interval of everybody adds to the log."],
        ),
        (AUTOMATIC_TIME, {"IsAuditEnabled": {"Value": False}}, []),
        (FOCUS_SEGMENT, {"TableType": "Elastic", "IsAuditEnabled": {"Value": False}}, []),
        (FOCUS_SEGMENT, {}, ["The table cht_focussegment is of the kind Standard, not Elastic."]),
    ],
)
def test_a_table_is_judged_by_its_flags(
    table: Table,
    flags: dict[str, object],
    expected: list[str],
) -> None:
    good = {
        "TableType": "Standard",
        "ChangeTrackingEnabled": True,
        "IsAuditEnabled": {"Value": True},
    }

    assert [what for _, what in not_well(flag_findings(table, good | flags))] == expected


def test_a_missing_table_is_one_problem(mock: MockDataverse, desk: Desk) -> None:
    mock.env.schema.settle(mock.env.schema.table(FOCUS_SEGMENT.logical_name), looks=5)

    found = not_well(table_findings(desk.session.dataverse))

    assert ("problem", "The table cht_focussegment is missing.") in found


def test_settings_are_judged_by_the_functions_rules(mock: MockDataverse, desk: Desk) -> None:
    mock.setting("cht_UpdateIntervalMinutes", "5")
    mock.setting("cht_ReportingTimeZone", "Mars/Base")

    assert not_well(setting_findings(desk.session.dataverse)) == [
        ("warning", "The setting cht_UpdateIntervalMinutes is '5': outside 10 to 60; 10 is used."),
        (
            "warning",
            "The setting cht_ReportingTimeZone is 'Mars/Base': not an IANA time zone; UTC is used.",
        ),
    ]


def test_settings_that_dataverse_refuses_to_list_are_told(mock: MockDataverse, desk: Desk) -> None:
    mock.switches.refused = {"appsetting": (403, "0x80040220")}
    of_apps = not_well(setting_findings(desk.session.dataverse))
    mock.switches.refused = {"settingdefinition": (400, "0x80060888")}

    assert of_apps == [
        ("warning", "Dataverse refuses to list the settings of apps: 403 0x80040220.")
    ]
    assert not_well(setting_findings(desk.session.dataverse)) == [
        ("problem", "Dataverse refuses to list the settings: 400 0x80060888.")
    ]


def test_settings_of_an_app_that_nobody_tells_are_a_problem(
    mock: MockDataverse, desk: Desk
) -> None:
    mock.switches.refused = dict.fromkeys(("appsetting", "RetrieveSetting"), (403, "0x80040220"))

    assert not_well(setting_findings(desk.session.dataverse)) == [
        ("problem", "Dataverse refuses to tell the settings of apps: 403 0x80040220.")
    ]


def test_settings_that_are_well_are_told_in_a_sentence(desk: Desk) -> None:
    finding = only(setting_findings(desk.session.dataverse))

    assert finding.level is Level.OK
    assert "sent every 10 minutes, My time on, time logs on, days of UTC" in finding.what


def test_a_setting_that_is_not_defined_is_a_problem(mock: MockDataverse, desk: Desk) -> None:
    (row,) = rows_of(mock, "settingdefinition", uniquename="cht_MyTimeVisible")
    mock.delete_row("settingdefinition", UUID(row["settingdefinitionid"]))

    assert not_well(setting_findings(desk.session.dataverse)) == [
        ("problem", "The setting cht_MyTimeVisible is not defined.")
    ]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (None, [("problem", f"The widget {CONTROL_NAME} is not there.")]),
        ("0.0.1", [("problem", f"The widget is version 0.0.1, not {packaged_control_version()}.")]),
        (packaged_control_version(), []),
    ],
)
def test_the_widget_has_the_packages_version(
    mock: MockDataverse, desk: Desk, version: str | None, expected: list[tuple[str, str]]
) -> None:
    if version:
        mock.add_row("customcontrol", {"name": CONTROL_NAME, "version": version})

    assert not_well(control_findings(desk.session.dataverse)) == expected


def test_an_admin_app_that_is_not_published_is_told(mock: MockDataverse, desk: Desk) -> None:
    assert only(app_findings(desk.session.dataverse)).level is Level.OK
    (row,) = rows_of(mock, "appmodule", uniquename=APP_NAME)
    mock.delete_row("appmodule", UUID(row["appmoduleid"]))

    assert not_well(app_findings(desk.session.dataverse)) == [
        ("warning", f"The admin app {APP_NAME} is not published.")
    ]
