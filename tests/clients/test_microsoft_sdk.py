"""Microsoft's Dataverse SDK for Python (``PowerPlatform-Dataverse-Client``): rows and queries."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError
from PowerPlatform.Dataverse.models.filters import FilterExpression, col
from PowerPlatform.Dataverse.models.query_builder import ExpandOption, QueryBuilder
from PowerPlatform.Dataverse.models.record import Record
from PowerPlatform.Dataverse.models.upsert import UpsertItem

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]


# The SDK leaves control characters, double quotes and backslashes in a list of values as they are,
# and doubles single quotes there, so that these mean something else to any Dataverse.
odd_characters = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\"\\'")


def by_email(client: DataverseClient) -> None:
    """Make contacts known by their mail address."""
    client.tables.create_alternate_key("contact", "cht_ByEmail", ["emailaddress1"])
    looks = (client.tables.get_alternate_keys("contact")[0].status for _ in range(100))
    assert "Active" in looks


def rows_of(query: QueryBuilder) -> list[Record]:
    return [row for page in query.execute_pages() for row in page]


class TestRecords:
    def test_one_is_created_and_read(self, client: DataverseClient, account: str) -> None:
        record = client.records.retrieve("account", account, select=["name"])

        assert record is not None
        assert record["name"] == "Contoso"

    def test_one_is_changed(self, client: DataverseClient, account: str) -> None:
        client.records.update("account", account, {"name": "Fabrikam"})

        record = client.records.retrieve("account", account, select=["name"])
        assert record is not None
        assert record["name"] == "Fabrikam"

    def test_one_is_deleted(self, client: DataverseClient, account: str) -> None:
        client.records.delete("account", account)

        assert client.records.retrieve("account", account) is None

    def test_a_change_creates_nothing(self, client: DataverseClient) -> None:
        nobody = "00000000-0000-0000-0000-000000000001"

        with pytest.raises(HttpError) as refused:
            client.records.update("account", nobody, {"name": "Fabrikam"})

        assert (refused.value.status_code, client.records.list("account").first()) == (404, None)

    def test_a_label_is_taken_for_its_choice(self, client: DataverseClient, case: str) -> None:
        client.records.update("incident", case, {"prioritycode": "High"})

        record = client.records.retrieve("incident", case, select=["prioritycode"])
        assert record is not None
        assert record["prioritycode"] == 1

    def test_a_task_regards_a_case(self, client: DataverseClient, case: str) -> None:
        regarding = {"regardingobjectid_incident_task@odata.bind": f"/incidents({case})"}
        client.records.create("task", {"subject": "Call back", **regarding})

        tasks = client.records.list("task", filter=f"_regardingobjectid_value eq {case}")
        assert [task["subject"] for task in tasks] == ["Call back"]

    def test_many_are_created_changed_and_deleted(
        self, client: DataverseClient, contacts: list[str]
    ) -> None:
        client.records.update("contact", contacts, {"firstname": "Kim"})
        client.records.delete("contact", contacts[1:], use_bulk_delete=False)

        rows = client.records.list("contact", select=["firstname", "lastname"])
        assert [(row["firstname"], row["lastname"]) for row in rows] == [("Kim", "Akers")]

    def test_many_are_deleted_by_a_job(self, client: DataverseClient, contacts: list[str]) -> None:
        job_id = client.records.delete("contact", contacts)

        assert job_id is not None
        assert len(client.records.list("contact", select=["lastname"])) == len(contacts)
        job = client.records.retrieve("asyncoperation", job_id, select=["statecode", "statuscode"])
        assert job is not None
        assert (job["statecode"], job["statuscode"]) == (3, 30)
        assert client.records.list("contact", select=["lastname"]).first() is None

    def test_many_are_changed_each_in_its_own_way(
        self, client: DataverseClient, contacts: list[str]
    ) -> None:
        client.records.update("contact", contacts[:2], [{"firstname": "A"}, {"firstname": "B"}])

        rows = client.records.list("contact", select=["firstname"], orderby=["lastname"], top=2)
        assert [row["firstname"] for row in rows] == ["A", "B"]

    def test_an_upsert_creates_and_then_changes(self, client: DataverseClient) -> None:
        by_email(client)
        key = {"emailaddress1": "o'hara@contoso.com"}

        for name in ("O'Hara", "Ohara"):
            client.records.upsert("contact", [UpsertItem(key, {"lastname": name})])

        rows = client.records.list("contact", select=["lastname", "emailaddress1"])
        assert [(row["lastname"], row["emailaddress1"]) for row in rows] == [
            ("Ohara", "o'hara@contoso.com")
        ]

    def test_an_upsert_of_many_is_one_request(self, client: DataverseClient) -> None:
        by_email(client)
        emails = ("kim@contoso.com", "sun@contoso.com")

        for name in ("Old", "New"):
            items = [UpsertItem({"emailaddress1": email}, {"lastname": name}) for email in emails]
            client.records.upsert("contact", list(items))

        rows = client.records.list("contact", select=["lastname", "emailaddress1"])
        assert {(row["lastname"], row["emailaddress1"]) for row in rows} == {
            ("New", email) for email in emails
        }


@pytest.mark.usefixtures("contacts")
class TestQueries:
    @pytest.mark.parametrize(
        ("condition", "expected"),
        [
            (col("lastname") == "akers", ["Akers"]),
            (col("lastname").in_(["Cole [EMEA]", "Diaz"]), ["Cole [EMEA]", "Diaz"]),
            (col("lastname").not_in(["Cole [EMEA]", "Diaz"]), ["Akers", "Bell"]),
            (col("lastname").like("%e%"), ["Akers", "Bell", "Cole [EMEA]"]),
            (col("lastname").between("B", "D"), ["Bell", "Cole [EMEA]"]),
            (col("emailaddress1").is_not_null(), []),
            (
                ~(col("lastname").startswith("A") | col("lastname").endswith("z")),
                ["Bell", "Cole [EMEA]"],
            ),
        ],
        ids=str,
    )
    def test_a_filter_keeps_what_it_says(
        self, client: DataverseClient, condition: FilterExpression, expected: list[str]
    ) -> None:
        query = client.query.builder("contact").select("lastname").order_by("lastname")

        rows = rows_of(query.where(condition))

        assert [row["lastname"] for row in rows] == expected

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(name=st.text(odd_characters, min_size=1, max_size=20))
    @example(name="a]b")
    @example(name="\N{PILE OF POO} 100% + 1 & #2 / 3 ? = ; [x] (y)")
    def test_a_text_is_found_whatever_is_in_it(self, client: DataverseClient, name: str) -> None:
        contact = client.records.create("contact", {"lastname": name})
        query = client.query.builder("contact").select("lastname")

        found = rows_of(query.where(col("lastname") == name).where(col("lastname").in_([name])))

        assert contact in {row["contactid"] for row in found}

    def test_pages_follow_each_other(self, client: DataverseClient) -> None:
        query = client.query.builder("contact").select("lastname").order_by("lastname")

        pages = list(query.page_size(3).execute_pages())

        assert [len(page) for page in pages] == [3, 1]

    def test_all_pages_are_one_list(self, client: DataverseClient) -> None:
        assert len(client.records.list("contact", select=["lastname"], page_size=3)) == 4

    def test_a_related_row_comes_along_with_its_labels(
        self, client: DataverseClient, case: str
    ) -> None:
        query = client.query.builder("incident").select("title", "statecode")
        query = query.expand(ExpandOption("customerid_account").select("name"))

        (row,) = rows_of(query.include_formatted_values())

        assert row["customerid_account"]["name"] == "Contoso"
        assert row["statecode@OData.Community.Display.V1.FormattedValue"] == "Active"
        assert row["incidentid"] == case

    def test_rows_become_a_data_frame_and_a_data_frame_rows(self, client: DataverseClient) -> None:
        rows = client.records.list("contact", select=["lastname"])

        ids = client.dataframe.create("contact", rows.to_dataframe()[["lastname"]])

        assert len(ids) == 4
        assert len(client.records.list("contact", filter="lastname eq 'Akers'")) == 2

    def test_what_the_mock_does_not_know_it_says_so(self, client: DataverseClient) -> None:
        with pytest.raises(HttpError) as refused:
            client.query.sql("SELECT lastname FROM contact")

        assert refused.value.status_code == 501
