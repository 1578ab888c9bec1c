"""Importing a solution: staged, as a job that takes its time, all of it or nothing."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from solution.model.identity import CASE_FORM_LABEL, CONTROL_NAME, SOLUTION_NAME, VERSION
from solution.model.roles import ROLES
from solution.model.settings import SETTINGS
from solution.model.tables import TABLES
from solution.model.webhooks import ENDPOINT_ID
from tests.contract.api import Api, Json
from tests.contract.solution_zip import changed, our_zip, sent
from tests.contract.ticking import Clock
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse
from tests.mock_dataverse.responses_adapter import mounted

HOW = {"OverwriteUnmanagedCustomizations": True, "PublishWorkflows": True}
OURS = f"solutions?$select=version,ismanaged&$filter=uniquename eq '{SOLUTION_NAME}'"
MOST_LOOKS = 20


@pytest.fixture
def mock(clock: Clock) -> Iterator[MockDataverse]:
    """An environment without our solution."""
    mock = MockDataverse(clock=clock, installed=False)
    with mounted(mock):
        yield mock
    mock.close()


@pytest.fixture
def api(mock: MockDataverse) -> Iterator[Api]:
    with Api.opened(mock.base_url, ADMIN_TOKEN) as api:
        yield api


@pytest.fixture
def imported(mock: MockDataverse, api: Api) -> Api:
    mock.import_solution(our_zip())
    return api


def staged(api: Api, content: bytes) -> Json:
    answer = api.post("StageSolution", {"CustomizationFile": sent(content)})
    assert answer.status_code == 200, answer.text
    results: Json = answer.json()["StageSolutionResults"]
    return results


def started(api: Api, content: bytes) -> Json:
    """Stage a solution and start its import; return the ids of the operation and the job."""
    upload = staged(api, content)["StageSolutionUploadId"]
    parameters = {"SolutionParameters": {"StageSolutionUploadId": upload}}
    answer = api.post("ImportSolutionAsync", HOW | parameters)
    assert answer.status_code == 200, answer.text
    job: Json = answer.json()
    return job


def operation(api: Api, job: Json) -> Json:
    select = "?$select=statecode,statuscode,message,friendlymessage"
    row: Json = api.get(f"asyncoperations({job['AsyncOperationId']}){select}").json()
    return row


def ended(api: Api, job: Json) -> Json:
    for _ in range(MOST_LOOKS):
        row = operation(api, job)
        if row["statecode"] == 3:
            return row
    raise AssertionError("the import never ends")


def count(api: Api, path: str) -> int:
    return len(api.values(path))


def test_an_environment_begins_without_anything_of_ours(api: Api) -> None:
    names = [table.logical_name for table in TABLES]

    assert api.values(OURS) == []
    assert {api.get(table.entity_set).status_code for table in TABLES} == {404}
    assert {api.get(f"EntityDefinitions(LogicalName='{name}')").status_code for name in names} == {
        404
    }
    assert count(api, "roles?$filter=startswith(name,'Case Time')") == 0
    assert count(api, "settingdefinitions") == 0
    assert api.get(f"serviceendpoints({ENDPOINT_ID})").status_code == 404


def test_staging_tells_what_a_zip_is_and_imports_nothing(api: Api) -> None:
    results = staged(api, our_zip())

    assert results["StageSolutionStatus"] == "Passed"
    assert results["SolutionDetails"]["SolutionUniqueName"] == SOLUTION_NAME
    assert api.values(OURS) == []


def test_what_is_no_solution_does_not_pass_staging(api: Api) -> None:
    results = staged(api, b"no zip at all")

    assert results["StageSolutionStatus"] == "Failed"
    assert "no zip" in results["SolutionValidationResults"][0]["Message"]


def test_an_import_goes_on_while_it_is_looked_at(api: Api, mock: MockDataverse) -> None:
    mock.switches.import_looks = 3
    job = started(api, our_zip())
    seen = []

    for _ in range(4):
        row = operation(api, job)
        progress = mock.rows("importjob")[0]["progress"]
        seen.append((row["statuscode"], progress))

    assert seen == [(20, 25.0), (20, 50.0), (20, 75.0), (30, 100.0)]


def test_an_import_that_is_over_has_brought_the_solution(api: Api) -> None:
    job = started(api, our_zip())

    assert ended(api, job)["statuscode"] == 30
    assert [(row["version"], row["ismanaged"]) for row in api.values(OURS)] == [(VERSION, False)]
    assert "completedon" in api.get(f"importjobs({job['ImportJobKey']})").json()


def test_new_tables_take_their_time_and_elastic_ones_longest(api: Api, mock: MockDataverse) -> None:
    mock.switches.settling_looks = 2
    ended(api, started(api, our_zip()))
    elastic = "EntityDefinitions(LogicalName='cht_focussegment')"

    before = [api.get("cht_focussegments").status_code]
    looks = [api.get(elastic).status_code for _ in range(3)]
    keys = [api.values(f"{elastic}/Keys")[0]["EntityKeyIndexStatus"] for _ in range(3)]
    after = api.get("cht_focussegments").status_code

    assert (before, looks, after) == ([404], [404, 404, 200], 200)
    assert keys == ["Pending", "Pending", "Active"]
    assert api.get("cht_timelogs").status_code == 200


CASE_FORMS = f"systemforms?$select=formxml&$filter=name eq '{CASE_FORM_LABEL}'"


def test_new_parts_are_seen_when_the_import_has_ended(api: Api) -> None:
    ended(api, started(api, our_zip()))

    assert count(api, CASE_FORMS) == 1


def test_changed_parts_wait_to_be_published(imported: Api) -> None:
    (before,) = imported.values(CASE_FORMS)
    old, new = 'FallbackForm="true"', 'FallbackForm="false"'

    ended(imported, started(imported, changed(our_zip(), "customizations.xml", old, new)))
    (unpublished,) = imported.values(CASE_FORMS)
    imported.post("PublishAllXml", {})
    (published,) = imported.values(CASE_FORMS)

    assert unpublished["formxml"] == before["formxml"]
    assert new in published["formxml"]


def test_where_new_parts_wait_too_nobody_sees_them_before(api: Api, mock: MockDataverse) -> None:
    mock.switches.new_parts_are_published = False
    resources = "webresourceset?$filter=startswith(name,'cht_')"

    ended(api, started(api, our_zip()))
    before = count(api, resources)
    api.post("PublishAllXml", {})

    assert before == 0
    assert count(api, resources) > 0


def test_the_parts_of_the_solution_are_there(imported: Api) -> None:
    control = f"customcontrols?$select=name,version&$filter=name eq '{CONTROL_NAME}'"
    charts = "savedqueryvisualizations?$filter=startswith(primaryentitytypecode,'cht_')"

    assert [row["version"] for row in imported.values(control)] == ["1.2.3"]
    assert count(imported, "settingdefinitions") == len(SETTINGS)
    assert count(imported, "roles?$filter=startswith(name,'Case Time')") == len(ROLES)
    assert count(imported, charts) == 4
    assert count(imported, "savedqueries?$filter=startswith(returnedtypecode,'cht_')") > 0
    assert count(imported, "systemforms?$filter=type eq 0") == 1


def test_a_second_import_changes_nothing(imported: Api, mock: MockDataverse) -> None:
    before = everything(mock)

    ended(imported, started(imported, our_zip()))
    imported.post("PublishAllXml", {})

    assert everything(mock) == before


def everything(mock: MockDataverse) -> dict[str, Any]:
    jobs = {"asyncoperation", "importjob"}
    return {name: mock.rows(name) for name in mock.env.schema.tables if name not in jobs}


def test_an_import_leaves_the_endpoint_that_a_deployment_made(imported: Api) -> None:
    endpoint = f"serviceendpoints({ENDPOINT_ID})"
    made = {"name": "Functions", "url": "https://functions.example/api", "authvalue": "s3cret"}
    imported.patch(endpoint, made)

    ended(imported, started(imported, our_zip()))

    row = imported.get(endpoint).json()
    assert (row["isauthvalueset"], row["url"]) == (True, "https://functions.example/api")


def test_a_zip_can_be_imported_at_once(api: Api) -> None:
    body = HOW | {"CustomizationFile": sent(our_zip()), "ImportJobId": str(uuid4())}

    assert api.post("ImportSolution", body).status_code == 204
    assert count(api, OURS) == 1
    assert api.get(f"importjobs({body['ImportJobId']})").json()["progress"] == 100.0


def test_rows_of_an_imported_table_go_with_their_case(imported: Api, mock: MockDataverse) -> None:
    user = imported.get("WhoAmI").json()["UserId"]
    case = mock.add_row("incident", {"title": "Printer", "ownerid": user})
    body = {
        "cht_name": "log",
        "cht_minutes": 5,
        "cht_category": 0,
        "cht_loggedon": "2026-11-02",
        "cht_CaseId@odata.bind": f"/incidents({case})",
        "cht_RepresentativeId@odata.bind": f"/systemusers({user})",
    }

    assert imported.post("cht_timelogs", body).status_code == 204
    assert imported.post("cht_timelogs", body | {"cht_minutes": 0}).status_code == 400
    imported.delete(f"incidents({case})")
    assert count(imported, "cht_timelogs") == 0


def test_an_import_that_fails_says_why_and_changes_nothing(api: Api) -> None:
    broken = changed(our_zip(), "customizations.xml", "prvAppendToIncident", "prvAppendToNothing")
    job = started(api, broken)

    end = ended(api, job)

    log = api.get(f"importjobs({job['ImportJobKey']})?$select=data,progress").json()
    assert end["statuscode"] == 31
    assert "prvAppendToNothing" in end["message"]
    assert 'result="failure"' in log["data"]
    assert "prvAppendToNothing" in log["data"]
    assert api.values(OURS) == []
    assert api.get("cht_timelogs").status_code == 404


def test_an_import_can_fail_for_reasons_of_the_environment(api: Api, mock: MockDataverse) -> None:
    mock.switches.import_failure = "The disk is full."

    end = ended(api, started(api, our_zip()))

    assert (end["statuscode"], end["friendlymessage"]) == (31, "The disk is full.")


def test_importing_takes_an_administrator(mock: MockDataverse, api: Api) -> None:
    ann = mock.add_user("Ann Bell", roles=("Customer Service Representative",))
    hers = api.acting_for(ann.entra_object_id)

    answer = hers.post("StageSolution", {"CustomizationFile": sent(our_zip())})

    assert answer.status_code == 403
