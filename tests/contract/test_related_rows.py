"""Related rows: read, counted, associated, taken apart, and created in one request."""

from uuid import UUID, uuid4

import pytest

from tests.contract.api import Api, code_of
from tests.mock_dataverse.app import MockDataverse


@pytest.fixture
def kim(administrator: Api) -> UUID:
    return administrator.created("contacts", {"firstname": "Kim", "lastname": "Akers"})


@pytest.fixture
def task(administrator: Api) -> UUID:
    """A task that regards nothing yet."""
    return administrator.created("tasks", {"subject": "Call back"})


@pytest.fixture
def regarding(mock: MockDataverse, case: UUID) -> UUID:
    """A task that regards the case."""
    return mock.add_row("task", {"subject": "Write", "regardingobjectid": case})


def subjects(api: Api, case: UUID) -> list[str]:
    rows = api.values(f"incidents({case})/Incident_Tasks?$select=subject&$orderby=subject")
    return [row["subject"] for row in rows]


class TestLookups:
    def test_one_is_set_by_an_address(self, administrator: Api, case: UUID, kim: UUID) -> None:
        body = {"@odata.id": f"{administrator.root}contacts({kim})"}
        answer = administrator.send("PUT", f"incidents({case})/primarycontactid/$ref", body)

        assert answer.status_code == 204
        row = administrator.get(f"incidents({case})/primarycontactid?$select=lastname").json()
        assert (row["lastname"], row["contactid"]) == ("Akers", str(kim))
        assert "$metadata#contacts(" in row["@odata.context"]

    def test_one_tells_where_its_row_is(self, administrator: Api, case: UUID, kim: UUID) -> None:
        body = {"@odata.id": f"contacts({kim})"}
        administrator.send("PUT", f"incidents({case})/primarycontactid/$ref", body)

        answer = administrator.get(f"incidents({case})/primarycontactid/$ref").json()

        assert answer["@odata.id"] == f"{administrator.root}contacts({kim})"

    def test_one_is_cleared(self, administrator: Api, case: UUID, kim: UUID) -> None:
        body = {"@odata.id": f"contacts({kim})"}
        administrator.send("PUT", f"incidents({case})/primarycontactid/$ref", body)

        answer = administrator.delete(f"incidents({case})/primarycontactid/$ref")

        assert answer.status_code == 204
        assert administrator.get(f"incidents({case})/primarycontactid").status_code == 204

    def test_one_to_several_tables_leads_to_one_at_a_time(
        self, administrator: Api, case: UUID, kim: UUID
    ) -> None:
        body = {"@odata.id": f"contacts({kim})"}
        administrator.send("PUT", f"incidents({case})/customerid_contact/$ref", body)

        row = administrator.get(f"incidents({case})/customerid_contact?$select=lastname").json()

        assert row["lastname"] == "Akers"
        assert administrator.get(f"incidents({case})/customerid_account").status_code == 204

    def test_one_leads_to_its_own_table_only(
        self, administrator: Api, case: UUID, task: UUID
    ) -> None:
        body = {"@odata.id": f"tasks({task})"}
        answer = administrator.send("PUT", f"incidents({case})/primarycontactid/$ref", body)

        assert (answer.status_code, code_of(answer)) == (400, "0x80048d19")

    def test_nothing_is_set_on_a_row_that_is_not_there(self, administrator: Api, kim: UUID) -> None:
        body = {"@odata.id": f"contacts({kim})"}
        answer = administrator.send("PUT", f"incidents({uuid4()})/primarycontactid/$ref", body)

        assert answer.status_code == 404


class TestCollections:
    def test_a_row_joins_one(self, administrator: Api, case: UUID, task: UUID) -> None:
        body = {"@odata.id": f"{administrator.root}tasks({task})"}
        answer = administrator.post(f"incidents({case})/Incident_Tasks/$ref", body)

        assert (answer.status_code, subjects(administrator, case)) == (204, ["Call back"])

    @pytest.mark.parametrize("way", ["({task})/$ref", "/$ref?$id=tasks({task})"])
    def test_a_row_leaves_one_and_stays(
        self, administrator: Api, case: UUID, regarding: UUID, way: str
    ) -> None:
        address = f"incidents({case})/Incident_Tasks{way.format(task=regarding)}"

        assert administrator.delete(address).status_code == 204
        assert subjects(administrator, case) == []
        assert administrator.get(f"tasks({regarding})").status_code == 200

    def test_a_row_of_another_table_does_not_join(
        self, administrator: Api, case: UUID, kim: UUID
    ) -> None:
        body = {"@odata.id": f"contacts({kim})"}

        answer = administrator.post(f"incidents({case})/Incident_Tasks/$ref", body)

        assert answer.status_code == 400

    def test_one_is_counted(self, administrator: Api, case: UUID, regarding: UUID) -> None:
        answer = administrator.get(f"incidents({case})/Incident_Tasks/$count")

        assert (answer.status_code, answer.content.decode("utf-8-sig")) == (200, "1"), regarding

    def test_one_tells_where_its_rows_are(
        self, administrator: Api, case: UUID, regarding: UUID
    ) -> None:
        body = administrator.get(f"incidents({case})/Incident_Tasks/$ref").json()

        assert body["value"] == [{"@odata.id": f"{administrator.root}tasks({regarding})"}]
        assert body["@odata.context"].endswith("$metadata#Collection($ref)")


class TestSingleValues:
    def test_one_is_put(self, administrator: Api, case: UUID) -> None:
        answer = administrator.send("PUT", f"incidents({case})/title", {"value": "Scanner"})

        assert answer.status_code == 204
        assert administrator.get(f"incidents({case})/title").json()["value"] == "Scanner"

    def test_one_is_taken_away(self, administrator: Api, case: UUID) -> None:
        administrator.send("PUT", f"incidents({case})/description", {"value": "Jams"})

        assert administrator.delete(f"incidents({case})/description").status_code == 204
        assert administrator.get(f"incidents({case})/description").status_code == 204
        assert administrator.get(f"incidents({case})").json()["description"] is None

    def test_one_is_checked_like_any(self, administrator: Api, case: UUID) -> None:
        answer = administrator.send("PUT", f"incidents({case})/prioritycode", {"value": 99})

        assert (answer.status_code, code_of(answer)) == (400, "0x8004431a")

    def test_one_needs_a_row(self, administrator: Api) -> None:
        answer = administrator.send("PUT", f"incidents({uuid4()})/title", {"value": "Scanner"})

        assert answer.status_code == 404


class TestDeepInsert:
    @pytest.mark.mock_only("makes rows beside its own that nobody takes away")
    def test_related_rows_are_created_in_one_request(self, administrator: Api) -> None:
        case = administrator.created(
            "incidents",
            {
                "title": "Scanner",
                "customerid_account": {"name": "Contoso"},
                "primarycontactid": {"firstname": "Kim", "lastname": "Akers"},
                "Incident_Tasks": [{"subject": "Call back"}, {"subject": "Write"}],
            },
        )

        expand = "$expand=customerid_account($select=name),primarycontactid($select=lastname)"
        row = administrator.get(f"incidents({case})?$select=title&{expand}").json()
        assert row["customerid_account"]["name"] == "Contoso"
        assert row["primarycontactid"]["lastname"] == "Akers"
        assert subjects(administrator, case) == ["Call back", "Write"]

    @pytest.mark.mock_only("makes rows beside its own that nobody takes away")
    def test_rows_that_are_there_join_a_new_one(self, administrator: Api, task: UUID) -> None:
        case = administrator.created(
            "incidents",
            {
                "title": "Scanner",
                "customerid_account": {"name": "Contoso"},
                "Incident_Tasks@odata.bind": [f"/tasks({task})"],
            },
        )

        assert subjects(administrator, case) == ["Call back"]

    @pytest.mark.mock_only("counts all rows of tables that everybody uses")
    def test_all_of_it_is_created_or_nothing(self, administrator: Api) -> None:
        answer = administrator.post(
            "incidents",
            {
                "title": "Scanner",
                "customerid_account": {"name": "Contoso"},
                "Incident_Tasks": [{"subject": "Write"}, {"nothing": 1}],
            },
        )

        assert answer.status_code == 400
        assert administrator.values("accounts") == administrator.values("tasks") == []

    @pytest.mark.parametrize("tasks", [{"subject": "Write"}, [5], "Write"], ids=str)
    def test_several_rows_are_a_list_of_objects(self, administrator: Api, tasks: object) -> None:
        customer = {"name": "Contoso"}
        body = {"title": "Scanner", "customerid_account": customer, "Incident_Tasks": tasks}

        assert administrator.post("incidents", body).status_code == 400

    @pytest.mark.mock_only("is about what the mock does not know")
    def test_an_update_creates_nothing_beside_it(self, administrator: Api, case: UUID) -> None:
        answer = administrator.patch(f"incidents({case})", {"Incident_Tasks": [{"subject": "x"}]})

        assert answer.status_code == 501
