"""Our roles, as the mock enforces them: one's own rows, for a person and for who acts for her."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from solution.model.roles import Access, Depth, Role
from tests.contract.api import Api, Json
from tests.contract.rows import automatic_time, segment, segment_url, time_log
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User
from tests.mock_dataverse.responses_adapter import mounted

CASE_READER = Role(
    name="Reads cases",
    description="For a test.",
    privileges={("incident", Access.READ): Depth.ORGANIZATION},
)
OF_PEOPLE = ("cht_focussegments", "cht_automatictimes", "cht_timeadjustments", "cht_timelogs")
CHANGED = {"cht_automatictimes": {"cht_trackedseconds": 1}, "cht_timelogs": {"cht_minutes": 1}}
TOTALS: Json = {
    "cht_totalseconds": 1,
    "cht_automaticseconds": 1,
    "cht_timelogsseconds": 0,
    "cht_activitiesseconds": 0,
}
OF_A_SNAPSHOT = {"cht_resolvedon": "2026-11-01T08:00:00Z", "cht_version": 1}
FIGURES: dict[str, Json] = {
    "cht_casehandlingtime": TOTALS,
    "cht_handlingtimesnapshot": TOTALS | OF_A_SNAPSHOT,
}
DENIED = "0x80040220"


@pytest.fixture
def mock() -> Iterator[MockDataverse]:
    """An environment in which a user's id is the token of that user."""
    mock = MockDataverse(clock=lambda: datetime(2026, 11, 2, 9, tzinfo=UTC), authenticate=UUID)
    mock.add_role(CASE_READER)
    with mounted(mock):
        yield mock
    mock.close()


def person(mock: MockDataverse, name: str, role: str) -> User:
    return mock.add_user(name, roles=(role, CASE_READER.name))


@pytest.fixture
def amira(mock: MockDataverse) -> User:
    return person(mock, "Amira (test)", "Case Time Representative")


@pytest.fixture
def ben(mock: MockDataverse) -> User:
    return person(mock, "Ben (test)", "Case Time Representative")


@pytest.fixture
def case(mock: MockDataverse) -> UUID:
    return mock.add_row("incident", {"title": "Printer"})


def signed_in(mock: MockDataverse, user: UUID) -> Iterator[Api]:
    with Api.opened(mock.base_url, str(user)) as api:
        yield api


@pytest.fixture
def own(mock: MockDataverse, amira: User) -> Iterator[Api]:
    """The Web API as Amira."""
    yield from signed_in(mock, amira.systemuserid)


@pytest.fixture
def acting(mock: MockDataverse, amira: User) -> Iterator[Api]:
    """The Web API as the service that acts for Amira."""
    for api in signed_in(mock, mock.service_user_id):
        yield api.acting_for(amira.entra_object_id)


@pytest.fixture(params=["own", "acting"])
def hers(request: pytest.FixtureRequest) -> Api:
    """The Web API as Amira, in both ways a call of hers can come."""
    api: Api = request.getfixturevalue(request.param)
    return api


@pytest.fixture
def bens(mock: MockDataverse, ben: User) -> Iterator[Api]:
    yield from signed_in(mock, ben.systemuserid)


@pytest.fixture
def supervisors(mock: MockDataverse) -> Iterator[Api]:
    dana = person(mock, "Dana (test)", "Case Time Supervisor")
    yield from signed_in(mock, dana.systemuserid)


def adjustment(case: UUID, representative: UUID) -> Json:
    return {
        "cht_CaseId@odata.bind": f"/incidents({case})",
        "cht_RepresentativeId@odata.bind": f"/systemusers({representative})",
        "cht_day": "2026-11-01",
        "cht_deltaseconds": -60,
        "cht_fromseconds": 60,
        "cht_toseconds": 0,
        "cht_reason": "Lunch",
    }


def a_row(entity_set: str, case: UUID, representative: UUID) -> Json:
    make = {
        "cht_focussegments": segment,
        "cht_automatictimes": automatic_time,
        "cht_timeadjustments": adjustment,
        "cht_timelogs": time_log,
    }
    return make[entity_set](case, representative)


def added(api: Api, entity_set: str, row: Json) -> str:
    """Add a row and return its address."""
    answer = api.post(entity_set, row)
    assert answer.status_code == 204, answer.text
    return segment_url(row) if "partitionid" in row else answer.headers["OData-EntityId"]


def is_denied(api: Api, method: str, path: str, body: Json | None = None) -> bool:
    answer = api.send(method, path, body, {"If-Match": "*"} if method == "PATCH" else None)
    denied = answer.status_code == 403
    return denied and str(answer.json()["error"]["code"]) == DENIED


@pytest.mark.parametrize("entity_set", OF_PEOPLE)
def test_a_representative_adds_and_sees_rows_of_her_own(
    hers: Api, amira: User, case: UUID, entity_set: str
) -> None:
    url = added(hers, entity_set, a_row(entity_set, case, amira.systemuserid))

    assert hers.get(url).json()["_ownerid_value"] == str(amira.systemuserid)


@pytest.mark.parametrize("entity_set", OF_PEOPLE)
def test_a_representative_changes_of_her_own_what_is_no_evidence(
    hers: Api, amira: User, case: UUID, entity_set: str
) -> None:
    url = added(hers, entity_set, a_row(entity_set, case, amira.systemuserid))
    change = CHANGED.get(entity_set, {"cht_name": "Mine"})

    assert is_denied(hers, "PATCH", url, change) is (entity_set not in CHANGED)


@pytest.mark.parametrize("entity_set", OF_PEOPLE)
def test_of_her_own_rows_a_representative_deletes_time_logs_only(
    own: Api, amira: User, case: UUID, entity_set: str
) -> None:
    url = added(own, entity_set, a_row(entity_set, case, amira.systemuserid))

    assert is_denied(own, "DELETE", url) is (entity_set != "cht_timelogs")


@pytest.mark.parametrize("entity_set", OF_PEOPLE)
def test_the_service_deletes_nothing_for_a_representative(
    acting: Api, amira: User, case: UUID, entity_set: str
) -> None:
    url = added(acting, entity_set, a_row(entity_set, case, amira.systemuserid))

    assert is_denied(acting, "DELETE", url)


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("entity_set", OF_PEOPLE)
def test_rows_of_others_are_closed_to_a_representative(
    hers: Api, bens: Api, ben: User, case: UUID, entity_set: str, method: str
) -> None:
    url = added(bens, entity_set, a_row(entity_set, case, ben.systemuserid))

    assert is_denied(hers, method, url, {"cht_name": "Taken"} if method == "PATCH" else None)
    assert hers.values(f"{entity_set}?$select=cht_name") == []


@pytest.mark.parametrize("entity_set", OF_PEOPLE)
def test_a_row_that_names_a_colleague_stays_the_representatives_who_wrote_it(
    hers: Api, amira: User, bens: Api, ben: User, case: UUID, entity_set: str
) -> None:
    url = added(hers, entity_set, a_row(entity_set, case, ben.systemuserid))

    row = hers.get(url).json()
    author = str(amira.systemuserid)
    assert (row["_ownerid_value"], row["_createdby_value"]) == (author, author)
    assert is_denied(bens, "GET", url)


@pytest.mark.parametrize("entity_set", OF_PEOPLE)
def test_no_row_of_a_representative_names_somebody_of_another_business_unit(
    hers: Api, mock: MockDataverse, case: UUID, entity_set: str
) -> None:
    elsewhere = mock.add_business_unit("Elsewhere")
    fay = mock.add_user("Fay (test)", roles=(), business_unit=elsewhere)
    row = a_row(entity_set, case, fay.systemuserid)

    assert is_denied(hers, "POST", entity_set, row)
    assert mock.rows(entity_set.removesuffix("s")) == []


@pytest.mark.parametrize("entity_set", OF_PEOPLE)
def test_a_representative_gives_no_row_to_another(
    hers: Api, mock: MockDataverse, amira: User, ben: User, case: UUID, entity_set: str
) -> None:
    row = a_row(entity_set, case, amira.systemuserid)

    assert is_denied(
        hers, "POST", entity_set, row | {"ownerid@odata.bind": f"/systemusers({ben.systemuserid})"}
    )
    assert mock.rows(entity_set.removesuffix("s")) == []


@pytest.mark.parametrize("table", FIGURES)
def test_totals_of_everybody_are_closed_to_a_representative(
    hers: Api, case: UUID, table: str
) -> None:
    row = FIGURES[table] | {"cht_CaseId@odata.bind": f"/incidents({case})"}

    assert is_denied(hers, "GET", f"{table}s?$select=cht_name")
    assert is_denied(hers, "POST", f"{table}s", row)


@pytest.mark.parametrize("entity_set", OF_PEOPLE)
def test_a_supervisor_reads_everybodys_rows_and_writes_none(
    supervisors: Api, bens: Api, ben: User, case: UUID, entity_set: str
) -> None:
    row = a_row(entity_set, case, ben.systemuserid)
    url = added(bens, entity_set, row)

    assert len(supervisors.values(f"{entity_set}?$select=cht_name")) == 1
    assert is_denied(supervisors, "POST", entity_set, a_row(entity_set, case, ben.systemuserid))
    assert is_denied(supervisors, "PATCH", url, {"cht_name": "Changed"})
    assert is_denied(supervisors, "DELETE", url)


@pytest.mark.parametrize("table", FIGURES)
def test_a_supervisor_reads_totals_and_writes_none(
    supervisors: Api, mock: MockDataverse, case: UUID, table: str
) -> None:
    row_id = mock.add_row(table, {"cht_caseid": case, **FIGURES[table]})
    url = f"{table}s({row_id})"

    assert supervisors.get(url).json()["cht_totalseconds"] == 1
    assert is_denied(supervisors, "PATCH", url, {"cht_totalseconds": 2})
    assert is_denied(supervisors, "DELETE", url)
