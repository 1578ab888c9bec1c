"""Each question is answered by the mock, in either way, and each answer says what follows."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from solution.tools.environment.probe.question import Question, Verdict
from solution.tools.environment.probe.questions import QUESTIONS
from solution.tools.environment.surroundings import LOCKDOWN, SETTINGS
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.builtin_tables import APP_SETTING_PRIVILEGES
from tests.mock_dataverse.faults import RecordedRequest
from tests.mock_dataverse.tables import Collection
from tests.unit.solution.environment.conftest import Desk
from tests.unit.solution.environment.probing import BY_NAME, answered


def told(desk: Desk, name: str) -> tuple[str, str]:
    """Return the verdict on a question, and what the environment said."""
    reading = answered(desk, name).reading
    return reading.verdict.value, reading.said


def change_column(mock: MockDataverse, table: str, column: str, **values: object) -> None:
    known = mock.env.schema.table(table)
    changed = replace(known.columns[column], **values)  # type: ignore[arg-type]
    mock.env.schema.put(replace(known, columns=known.columns | {column: changed}))


def lose_column(mock: MockDataverse, table: str, column: str) -> None:
    known = mock.env.schema.table(table)
    left = {name: each for name, each in known.columns.items() if name != column}
    mock.env.schema.put(replace(known, columns=left))


def name_app_values(mock: MockDataverse, navigation: str) -> None:
    known = mock.env.schema.table("settingdefinition")
    kept = {name: each for name, each in known.collections.items() if each.table != "appsetting"}
    values = Collection(table="appsetting", lookup="settingdefinitionid")
    mock.env.schema.put(replace(known, collections=kept | {navigation: values}))


def about(path: str) -> Callable[[RecordedRequest], bool]:
    return lambda request: path in request.path


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_mock_answers_every_question(
    mock: MockDataverse, desk: Desk, question: Question
) -> None:
    mock.switches.elastic_etags = "checked"
    mock.switches.unmanaged_blocked = True

    verdict, said = told(desk, question.name)

    assert verdict in {"confirmed", "refuted"}, said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("elastic-keys-become-active", "keyfornosqlentitywithpkpartitionid is Active"),
        ("standard-duplicate", "412 0x80040237"),
        ("change-set-error", "it stands in the batch"),
        ("elastic-page-size", "200 and 0 rows, too few to fill a page"),
        ("elastic-duplicate", "412 0x80040237"),
        ("elastic-duplicate-in-a-batch", "412 0x80040237"),
        ("elastic-session-token", "one came"),
        ("elastic-session-token-in-a-batch", "one came"),
        ("elastic-row-by-id-alone", "404 0x80040217"),
        ("elastic-bulk-failure", "the rows are named"),
        ("elastic-default-partition", "its own id"),
        ("ne-and-rows-without-a-value", "it keeps them"),
        ("sum-of-nulls", "it is null"),
        ("batch-status", "404 where it stops, 200 where it goes on"),
        ("setting-values-one-by-one", "it is told"),
        ("roles-are-inherited", "Case Time Representative: 1, Case Time Service: 1,"),
    ],
)
def test_what_we_assume_the_mock_confirms(desk: Desk, name: str, said: str) -> None:
    conclusion = answered(desk, name)

    assert conclusion.reading.verdict is Verdict.CONFIRMED
    assert said in conclusion.reading.said
    assert conclusion.follows == BY_NAME[name].confirmed


@pytest.mark.parametrize(
    ("name", "switches", "said"),
    [
        ("elastic-keys-become-active", {"elastic_key_status": "Pending"}, "is Pending"),
        ("elastic-page-size", {"large_elastic_pages_are_refused": True}, "400 0x80060888"),
        ("elastic-duplicate", {"elastic_duplicate": (400, "0x80048d99")}, "400 0x80048d99"),
        (
            "elastic-duplicate-in-a-batch",
            {"elastic_duplicate": (412, "0x80048d99")},
            "412 0x80048d99",
        ),
        ("elastic-session-token-in-a-batch", {"batch_session_tokens": False}, "none came"),
        ("elastic-row-by-id-alone", {"elastic_id_alone": "any partition"}, "200"),
        ("elastic-etag-condition", {"elastic_etags": "ignored"}, "204"),
        ("standard-duplicate", {"duplicate_id_status": 400}, "400 0x80040237"),
        (
            "setting-values-one-by-one",
            {"refused": {"RetrieveSetting": (400, "0x80040265")}},
            "400 0x80040265 and no value",
        ),
        (
            "change-set-error",
            {"changeset_error_wrapped": True},
            "it stands in the change set's answer",
        ),
    ],
)
def test_turned_the_other_way_the_mock_refutes_it_and_something_else_follows(
    mock: MockDataverse, desk: Desk, name: str, switches: dict[str, object], said: str
) -> None:
    for switch, value in switches.items():
        setattr(mock.switches, switch, value)

    conclusion = answered(desk, name)

    assert conclusion.reading.verdict is Verdict.REFUTED
    assert said in conclusion.reading.said
    assert conclusion.follows == BY_NAME[name].refuted


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        (False, ("refuted", "0 of 6 take steps; not Create of organizationsetting,")),
        (True, ("confirmed", "6 of 6 take steps")),
    ],
)
def test_setting_tables_say_whether_they_take_steps(
    mock: MockDataverse, desk: Desk, *, allowed: bool, expected: tuple[str, str]
) -> None:
    mock.switches.steps_on_setting_tables = allowed

    verdict, said = told(desk, "steps-on-setting-tables")

    assert verdict == expected[0]
    assert said.startswith(expected[1])


@pytest.mark.parametrize(
    ("updatable", "expected"),
    [
        (False, ("confirmed", "IsValidForCreate is true, IsValidForUpdate is false")),
        (True, ("refuted", "IsValidForCreate is true, IsValidForUpdate is true")),
    ],
)
def test_a_column_says_whether_it_can_be_changed(
    mock: MockDataverse, desk: Desk, *, updatable: bool, expected: tuple[str, str]
) -> None:
    change_column(mock, "incident", "ticketnumber", creatable=True, updatable=updatable)

    assert told(desk, "ticketnumber-is-locked") == expected


@pytest.mark.parametrize(
    ("ending", "verdict"),
    [("settingdefinitionId", "confirmed"), ("settingdefinitionid", "refuted")],
)
def test_names_of_navigation_are_compared_with_their_case(
    mock: MockDataverse, desk: Desk, ending: str, verdict: str
) -> None:
    name_app_values(mock, f"settingdefinition_appsetting_{ending}")

    said = told(desk, "setting-navigation-names")

    assert said[0] == verdict
    assert f"settingdefinition_appsetting_{ending}" in said[1]


def test_a_query_that_is_refused_is_named(mock: MockDataverse, desk: Desk) -> None:
    lose_column(mock, "incident", "merged")

    verdict, said = told(desk, "functions-queries")

    assert verdict == "refuted"
    assert said.endswith("are answered; not named cases (400 0x80060888)")


def test_a_view_that_is_refused_is_named(mock: MockDataverse, desk: Desk) -> None:
    lose_column(mock, "cht_timelog", "cht_note")

    verdict, said = told(desk, "view-queries")

    assert verdict == "refuted"
    assert "cht_timelog: Time logs (400 0x80060888)" in said


def test_values_of_settings_may_be_closed(mock: MockDataverse, desk: Desk) -> None:
    mock.fail_next(400, matching=about("/appsettings"))

    verdict, said = told(desk, "setting-values-are-readable")

    assert verdict == "refuted"
    assert said.startswith("appsettings: 400")


def test_a_privilege_that_is_not_there_is_named(mock: MockDataverse, desk: Desk) -> None:
    mock.fail_next(200, body='{"value": []}', matching=about("/privileges"))

    verdict, said = told(desk, "privilege-names")

    assert verdict == "refuted"
    assert "prvAppendToIncident" in said
    assert "cht_" not in said  # those come with our tables


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("privilege-names", "/privileges"),
        ("privilege-depths", "/privileges"),
        ("steps-on-setting-tables", "/sdkmessagefilters"),
        ("setting-navigation-names", "/OneToManyRelationships"),
        ("elastic-keys-become-active", "/Keys"),
    ],
)
@pytest.mark.parametrize("body", ['{"value": [{}]}', '{"value": [null]}', "{}", "<html/>"])
def test_an_answer_of_an_unknown_shape_is_none(
    mock: MockDataverse, desk: Desk, name: str, path: str, body: str
) -> None:
    mock.fail_next(200, body=body, matching=about(path))

    assert told(desk, name)[0] == "not answered"


def test_the_privilege_to_read_settings_of_apps_is_named(desk: Desk) -> None:
    assert told(desk, "app-setting-privilege") == (
        "confirmed",
        f"prvRead{APP_SETTING_PRIVILEGES} at Global",
    )


def test_a_table_may_name_no_privilege(mock: MockDataverse, desk: Desk) -> None:
    mock.fail_next(200, body='{"Privileges": []}', matching=about("appsetting"))

    assert told(desk, "app-setting-privilege") == ("refuted", "it names none")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("<{0}>true</{0}>", ("confirmed", "{0} is true")),
        ("<{0}>False</{0}>", ("confirmed", "{0} is false")),
        ("<{0}>2</{0}>", ("refuted", "{0} is neither true nor false")),
        ("", ("not answered", "{0} is not among them")),
    ],
)
def test_the_organization_says_whether_it_blocks_customizations(
    mock: MockDataverse, desk: Desk, settings: str, expected: tuple[str, str]
) -> None:
    row = {SETTINGS: f"<OrgSettings>{settings.format(LOCKDOWN)}</OrgSettings>"}
    mock.fail_next(200, body=json.dumps({"value": [row]}), matching=about("/organizations"))

    verdict, said = expected
    assert told(desk, "unmanaged-customizations") == (verdict, said.format(LOCKDOWN))


def test_a_role_that_is_not_inherited_is_told(mock: MockDataverse, desk: Desk) -> None:
    row = {"name": "Case Time Service", "isinherited": 0}
    mock.fail_next(200, body=json.dumps({"value": [row]}), matching=about("/roles"))

    assert told(desk, "roles-are-inherited") == ("refuted", "Case Time Service: 0")


def test_a_depth_that_cannot_be_is_named(mock: MockDataverse, desk: Desk) -> None:
    levels = {"canbebasic": False, "canbelocal": False, "canbedeep": False, "canbeglobal": True}
    row = {"name": "prvAppendToUser", **levels}
    mock.fail_next(200, body=json.dumps({"value": [row]}), matching=about("/privileges"))

    verdict, said = told(desk, "privilege-depths")

    assert verdict == "refuted"
    assert said == "prvAppendToUser at Local"
