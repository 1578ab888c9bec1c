"""Choices, roles and settings in ``solution/src`` are those of the model, and no others."""

import pytest

from solution.model.choices import CHOICES
from solution.model.columns import ChoiceOptions
from solution.model.identity import stable_id
from solution.model.roles import ROLES, Access, Depth, Role
from solution.model.settings import SETTINGS, SettingDefinition
from tests.unit.solution.generator.files import document, english, paths, texts

REFERRED_TO = {
    "activitypointer": "Activity",
    "appmodule": "AppModule",
    "cht_automatictime": "cht_AutomaticTime",
    "cht_casehandlingtime": "cht_CaseHandlingTime",
    "cht_focussegment": "cht_FocusSegment",
    "cht_handlingtimesnapshot": "cht_HandlingTimeSnapshot",
    "cht_timeadjustment": "cht_TimeAdjustment",
    "cht_timelog": "cht_TimeLog",
    "incident": "Incident",
    "organizationsetting": "OrganizationSetting",
    "settingdefinition": "SettingDefinition",
    "systemuser": "User",
}
VERBS = {
    Access.READ: "Read",
    Access.WRITE: "Write",
    Access.APPEND: "Append",
    Access.APPEND_TO: "AppendTo",
    Access.CREATE: "Create",
    Access.DELETE: "Delete",
}
LEVELS = {Depth.USER: "Basic", Depth.BUSINESS_UNIT: "Local", Depth.ORGANIZATION: "Global"}
every_choice = pytest.mark.parametrize("options", CHOICES, ids=lambda options: options.name)
every_role = pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
every_setting = pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.unique_name)


def test_there_are_the_choices_roles_and_settings_of_the_model() -> None:
    assert set(paths("OptionSets/*")) == {f"OptionSets/{each.name}.xml" for each in CHOICES}
    assert set(paths("Roles/*")) == {f"Roles/{role.name}.xml" for role in ROLES}
    assert set(paths("settingdefinitions/*/*")) == {
        f"settingdefinitions/{each.unique_name}/settingdefinition.xml" for each in SETTINGS
    }


@every_choice
def test_a_choice_has_the_numbers_and_labels_of_the_model(options: ChoiceOptions) -> None:
    found = document(f"OptionSets/{options.name}.xml")

    assert english(found, "displaynames") == options.label
    assert english(found, "Descriptions") == options.description
    assert {
        int(option.get("value", "")): english(option, "labels") for option in found.iter("option")
    } == options.labels


@every_role
def test_a_role_holds_the_privileges_of_the_model_by_their_names(role: Role) -> None:
    found = document(f"Roles/{role.name}.xml")

    expected = {
        f"prv{VERBS[access]}{REFERRED_TO[table]}": LEVELS[depth]
        for (table, access), depth in role.privileges.items()
    }
    if role.acts_on_behalf:
        expected["prvActOnBehalfOfAnotherUser"] = "Global"
    assert found.get("id") == f"{{{stable_id('role', role.name)}}}"
    assert found.get("isinherited") == "1"
    held = {str(each.get("name")): each.get("level") for each in found.iter("RolePrivilege")}
    assert held == expected


@every_setting
def test_a_setting_is_as_in_the_model(setting: SettingDefinition) -> None:
    found = document(f"settingdefinitions/{setting.unique_name}/settingdefinition.xml")
    said = texts(found)

    assert found.get("uniquename") == setting.unique_name
    assert said["datatype"] == str(int(setting.data_type))
    assert said["defaultvalue"] == setting.default
    assert english(found, "displayname") == setting.label
    assert english(found, "description") == setting.description


def test_what_only_works_for_the_environment_can_only_be_set_there() -> None:
    levels = {
        path.split("/")[1]: texts(document(path))["overridablelevel"]
        for path in paths("settingdefinitions/*/*")
    }

    only_there = {name for name, level in levels.items() if level == "1"}
    assert only_there == {"cht_ReportingTimeZone", "cht_SegmentRetentionDays"}
    assert set(levels.values()) == {"0", "1"}
