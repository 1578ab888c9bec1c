import json
from collections.abc import Callable

import pytest

from dataverse_client import AlternateKey, ElasticKey, Expand, Query, bulk
from dataverse_client import operations as op
from dataverse_client.operations import Operation
from tests.unit.dataverse_client.answers import CASE, LOG, USER

ELASTIC = ElasticKey("cht_rowid", LOG, "p")
BY_NAME = AlternateKey(cht_name="a")


def sent(operation: Operation[object]) -> object:
    return json.loads(operation.body or b"null")


def test_reading_rows_asks_for_the_query() -> None:
    query = Query("tasks").select("subject").page_size(2)

    operation = op.read_rows(query)

    assert (operation.method, operation.url) == ("GET", "tasks?$select=subject")
    assert operation.headers == {"Prefer": "odata.maxpagesize=2"}


def test_reading_on_follows_the_link_with_the_same_preferences() -> None:
    operation = op.read_next("https://org/x?$skiptoken=%3C", Query("tasks").page_size(2))

    assert operation.url == "https://org/x?$skiptoken=%3C"
    assert operation.headers == {"Prefer": "odata.maxpagesize=2"}
    assert operation.entity_set == "tasks"


def test_without_preferences_there_is_no_prefer_header() -> None:
    assert not op.read_rows(Query("tasks")).headers
    assert not op.read_next("https://org/x", Query("tasks")).headers


def test_reading_a_row_may_bring_related_rows() -> None:
    operation = op.read_row("incidents", CASE, select=["title"], expand=[Expand("ownerid")])

    assert operation.url == f"incidents({CASE})?$select=title&$expand=ownerid"


def test_reading_a_row_anew_sends_what_is_known() -> None:
    operation = op.read_row_if_changed("incidents", CASE, etag='W/"1"', select=["title"])

    assert operation.url == f"incidents({CASE})?$select=title"
    assert operation.headers == {"If-None-Match": 'W/"1"'}


def test_reading_what_belongs_to_a_row_names_the_collection() -> None:
    keys = Query("Keys").select("LogicalName").page_size(2)

    operation = op.read_related("EntityDefinitions", AlternateKey(LogicalName="task"), keys)

    assert operation.url == "EntityDefinitions(LogicalName='task')/Keys?$select=LogicalName"
    assert operation.headers == {"Prefer": "odata.maxpagesize=2"}
    assert not op.read_related("tasks", CASE, Query("Keys")).headers


def test_a_row_is_added_to_a_collection_by_its_absolute_url() -> None:
    operation = op.associate("systemusers", USER, "roles", with_url="https://org/x/roles(1)")

    assert (operation.method, operation.url) == ("POST", f"systemusers({USER})/roles/$ref")
    assert sent(operation) == {"@odata.id": "https://org/x/roles(1)"}


def test_an_update_never_creates() -> None:
    operation = op.update("incidents", CASE, {"title": "B"})

    assert (operation.method, operation.url) == ("PATCH", f"incidents({CASE})")
    assert operation.headers == {"Content-Type": "application/json", "If-Match": "*"}
    assert sent(operation) == {"title": "B"}


def test_an_upsert_of_a_standard_row_sends_no_condition() -> None:
    operation = op.merge_or_create("tasks", BY_NAME, {"subject": "B"})

    assert operation.url == "tasks(cht_name='a')"
    assert operation.headers == {"Content-Type": "application/json"}


def test_an_upsert_may_leave_existing_rows_alone() -> None:
    operation = op.merge_or_create("tasks", CASE, {"subject": "B"}, only_create=True)

    assert operation.headers["If-None-Match"] == "*"


def test_an_upsert_of_an_elastic_row_names_its_partition() -> None:
    operation = op.replace_or_create("cht_rows", ELASTIC, {"cht_minutes": 1})

    assert operation.url == f"cht_rows(cht_rowid={LOG},partitionid='p')"
    assert operation.headers == {"Content-Type": "application/json"}


def test_the_two_upserts_cannot_be_mistaken_for_each_other() -> None:
    with pytest.raises(TypeError, match="replace_or_create"):
        op.merge_or_create("cht_rows", ELASTIC, {})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="merge_or_create"):
        op.replace_or_create("tasks", CASE, {})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="replace_or_create_multiple"):
        bulk.merge_or_create_multiple("cht_rows", "cht_row", [(ELASTIC, {})])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="merge_or_create_multiple"):
        bulk.replace_or_create_multiple("tasks", "task", [(BY_NAME, {})])  # type: ignore[list-item]


def test_a_delete_may_depend_on_the_etag() -> None:
    assert not op.delete("tasks", CASE).headers
    assert op.delete("tasks", CASE, if_match='W/"1"').headers == {"If-Match": 'W/"1"'}


@pytest.mark.parametrize(
    ("operation", "url"),
    [
        pytest.param(op.call_function("WhoAmI"), "WhoAmI()", id="alone"),
        pytest.param(
            op.call_function("RetrieveSetting", {"SettingName": "it's & more"}),
            "RetrieveSetting(SettingName=@p1)?@p1=%27it%27%27s%20%26%20more%27",
            id="with text",
        ),
        pytest.param(
            op.call_function("RetrieveTotalRecordCount", {"EntityNames": ["task"], "n": 1}),
            "RetrieveTotalRecordCount(EntityNames=@p1,n=@p2)?@p1=%5B%22task%22%5D&@p2=1",
            id="with a list",
        ),
        pytest.param(
            op.call_function("CalculateTotalTimeIncident", bound_to=("incidents", CASE)),
            f"incidents({CASE})/Microsoft.Dynamics.CRM.CalculateTotalTimeIncident()",
            id="of a row",
        ),
        pytest.param(
            op.call_function("cht.Sum", bound_to="incidents"),
            "incidents/cht.Sum()",
            id="of a table, with a namespace of its own",
        ),
        pytest.param(
            op.call_function(
                "RetrieveUnpublished", bound_to=("systemforms", CASE), select=["name", "formxml"]
            ),
            f"systemforms({CASE})/Microsoft.Dynamics.CRM.RetrieveUnpublished()"
            "?$select=name,formxml",
            id="that answers with a row",
        ),
        pytest.param(
            op.call_function("Find", {"n": 1}, select=["name"]),
            "Find(n=@p1)?@p1=1&$select=name",
            id="with a parameter, that answers with a row",
        ),
    ],
)
def test_a_function_is_asked_by_url(operation: Operation[object], url: str) -> None:
    assert (operation.method, operation.url) == ("GET", url)


def test_an_action_is_sent_its_parameters() -> None:
    operation = op.call_action("CloseIncident", {"Status": 5})

    assert (operation.method, operation.url) == ("POST", "CloseIncident")
    assert sent(operation) == {"Status": 5}
    assert sent(op.call_action("Refresh")) == {}


def test_a_bulk_create_names_the_type_of_each_row_and_wants_details_of_errors() -> None:
    operation = bulk.create_multiple("tasks", "task", [{"subject": "A"}, {"subject": "B"}])

    assert operation.url == "tasks/Microsoft.Dynamics.CRM.CreateMultiple"
    assert operation.headers["Prefer"] == 'odata.include-annotations="*"'
    assert sent(operation) == {
        "Targets": [
            {"@odata.type": "Microsoft.Dynamics.CRM.task", "subject": "A"},
            {"@odata.type": "Microsoft.Dynamics.CRM.task", "subject": "B"},
        ]
    }


@pytest.mark.parametrize(
    ("operation", "key"),
    [
        (bulk.merge_or_create_multiple("t", "x", [(BY_NAME, {"n": 1})]), "t(cht_name='a')"),
        (
            bulk.replace_or_create_multiple("t", "x", [(ELASTIC, {"n": 1})]),
            f"t(cht_rowid={LOG},partitionid='p')",
        ),
    ],
    ids=["standard", "elastic"],
)
def test_a_bulk_upsert_names_each_row_by_its_key(operation: Operation[None], key: str) -> None:
    assert operation.url == "t/Microsoft.Dynamics.CRM.UpsertMultiple"
    assert sent(operation) == {
        "Targets": [{"@odata.type": "Microsoft.Dynamics.CRM.x", "@odata.id": key, "n": 1}]
    }


def test_a_bulk_call_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        bulk.create_multiple("tasks", "task", [])


@pytest.mark.parametrize(
    ("operation", "repeatable"),
    [
        pytest.param(op.read_rows(Query("t")), True, id="a read"),
        pytest.param(op.read_row("t", CASE), True, id="a read of one row"),
        pytest.param(op.read_related("t", CASE, Query("c")), True, id="a read of a collection"),
        pytest.param(op.call_function("F"), True, id="a function"),
        pytest.param(op.associate("t", CASE, "c", with_url="u"), True, id="an association"),
        pytest.param(op.create("t", {"n": 1}), False, id="a create"),
        pytest.param(op.create("t", {"tid": CASE}, id_column="tid"), True, id="with its own id"),
        pytest.param(op.update("t", CASE, {}), True, id="an update"),
        pytest.param(op.update("t", CASE, {}, if_match="e"), False, id="an update by etag"),
        pytest.param(op.merge_or_create("t", CASE, {}), True, id="an upsert"),
        pytest.param(op.replace_or_create("t", ELASTIC, {}), True, id="an elastic upsert"),
        pytest.param(op.delete("t", CASE), True, id="a delete"),
        pytest.param(op.delete("t", CASE, if_match="*"), True, id="a delete of what exists"),
        pytest.param(op.delete("t", CASE, if_match="e"), False, id="a delete by etag"),
        pytest.param(op.call_action("A"), False, id="an action"),
        pytest.param(op.call_action("A", repeatable=True), True, id="a harmless action"),
        pytest.param(bulk.create_multiple("t", "x", [{}]), False, id="a bulk create"),
        pytest.param(bulk.create_multiple("t", "x", [{}], repeatable=True), True, id="with ids"),
    ],
)
def test_only_what_is_harmless_twice_may_be_repeated(
    operation: Operation[object], *, repeatable: bool
) -> None:
    assert operation.repeatable is repeatable


def test_a_create_with_its_own_id_has_that_id() -> None:
    with pytest.raises(ValueError, match="no taskid"):
        op.create("tasks", {"subject": "A"}, id_column="taskid")


@pytest.mark.parametrize(
    "build",
    [
        lambda: op.update("t", CASE, {}, if_match="*\r\nCallerObjectId: x"),
        lambda: op.update("t", CASE, {}, if_match="ä"),
        lambda: op.read_next("https://org/x y\n", Query("t")),
    ],
    ids=["a second header", "no ASCII", "a second line"],
)
def test_no_value_can_smuggle_a_header(build: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="may hold"):
        build()


def test_a_change_set_holds_writes_only_and_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least one"):
        op.change_set([])
    with pytest.raises(ValueError, match="writes only"):
        op.change_set([op.read_row("t", CASE)])
