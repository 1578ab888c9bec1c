"""Microsoft's Dataverse SDK for Python: batches, change sets, and what tables look like."""

import pytest
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import MetadataError

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]


class TestBatches:
    def test_requests_of_all_kinds_share_one(self, client: DataverseClient, account: str) -> None:
        batch = client.batch.new()
        batch.records.create("contact", {"lastname": "Akers"})
        batch.records.update("account", account, {"name": "Fabrikam"})
        batch.records.retrieve("account", account, select=["name"])
        batch.records.list("contact", filter="lastname eq 'Akers'", select=["lastname"])
        batch.records.delete("account", account)
        batch.tables.get("incident")

        answers = batch.execute().responses

        assert [answer.status_code for answer in answers] == [204, 204, 200, 200, 204, 200]
        assert (answers[2].data or {})["name"] == "Fabrikam"
        assert (answers[3].data or {})["value"][0]["lastname"] == "Akers"
        assert (answers[5].data or {})["value"][0]["EntitySetName"] == "incidents"

    def test_a_change_set_refers_to_what_it_made(self, client: DataverseClient) -> None:
        batch = client.batch.new()
        with batch.changeset() as changes:
            customer = changes.records.create("account", {"name": "Contoso"})
            changes.records.create(
                "incident", {"title": "Printer", "customerid_account@odata.bind": customer}
            )
            changes.records.update("account", customer, {"name": "Fabrikam"})

        assert not batch.execute().has_errors
        (row,) = client.records.list("incident", select=["title"], expand=["customerid_account"])
        assert row["customerid_account"]["name"] == "Fabrikam"

    def test_a_change_set_is_all_or_nothing(self, client: DataverseClient) -> None:
        batch = client.batch.new()
        with batch.changeset() as changes:
            changes.records.create("account", {"name": "Contoso"})
            changes.records.create("account", {"name": "x" * 161})

        answers = batch.execute().responses

        assert [(answer.status_code, answer.error_code) for answer in answers] == [
            (400, "0x80044331")
        ]
        assert client.records.list("account").first() is None

    def test_a_batch_goes_on_after_an_error_if_asked_to(self, client: DataverseClient) -> None:
        batch = client.batch.new()
        batch.records.create("account", {"nothing": 1})
        batch.records.create("account", {"name": "Contoso"})

        result = batch.execute(continue_on_error=True)

        assert [answer.status_code for answer in result.responses] == [400, 204]

    def test_bulk_requests_are_parts_too(self, client: DataverseClient, account: str) -> None:
        batch = client.batch.new()
        batch.records.create("contact", [{"lastname": "Akers"}, {"lastname": "Bell"}])
        batch.records.update("account", [account], {"name": "Fabrikam"})

        result = batch.execute()

        assert not result.has_errors
        assert len((result.responses[0].data or {})["Ids"]) == 2


class TestTables:
    @pytest.mark.parametrize(
        ("table", "entity_set", "name"),
        [
            ("account", "accounts", "name"),
            ("contact", "contacts", "fullname"),
            ("task", "tasks", "subject"),
            ("incident", "incidents", "title"),
            ("cht_TimeLog", "cht_timelogs", "cht_name"),
        ],
    )
    def test_one_is_looked_up(
        self, client: DataverseClient, table: str, entity_set: str, name: str
    ) -> None:
        found = client.tables.get(table)

        assert found is not None
        assert (found.entity_set_name, found.primary_name_attribute) == (entity_set, name)

    def test_one_that_is_not_there_is_nothing(self, client: DataverseClient) -> None:
        assert client.tables.get("nothing") is None
        with pytest.raises(MetadataError):
            client.records.create("nothing", {"name": "x"})

    def test_they_are_listed_by_a_filter(self, client: DataverseClient) -> None:
        condition = "TableType eq 'Elastic' and IsCustomEntity eq true"
        elastic = client.tables.list(filter=condition, select=["LogicalName"])

        assert [table["LogicalName"] for table in elastic] == ["cht_focussegment"]

    def test_columns_are_listed_by_a_filter(self, client: DataverseClient) -> None:
        condition = "AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'State'"
        states = client.tables.list_columns("task", select=["LogicalName"], filter=condition)

        assert [column["LogicalName"] for column in states] == ["statecode"]

    def test_one_column_is_looked_up(self, client: DataverseClient) -> None:
        column = client.tables.get_column("account", "name")

        assert column is not None
        assert (column["MaxLength"], column["@odata.type"]) == (
            160,
            "#Microsoft.Dynamics.CRM.StringAttributeMetadata",
        )
        assert client.tables.get_column("account", "nothing") is None

    def test_a_relationship_is_looked_up(self, client: DataverseClient) -> None:
        (known,) = client.tables.list_relationships(
            filter="ReferencingEntity eq 'cht_timelog' and ReferencingAttribute eq 'cht_caseid'"
        )

        found = client.tables.get_relationship(known["SchemaName"])

        assert found is not None
        assert (found.referenced_entity, found.lookup_schema_name) == ("incident", "cht_CaseId")

    def test_a_key_is_made_and_dropped(self, client: DataverseClient) -> None:
        made = client.tables.create_alternate_key("contact", "cht_ByEmail", ["emailaddress1"])

        (key,) = client.tables.get_alternate_keys("contact")
        client.tables.delete_alternate_key("contact", made.metadata_id)

        assert (key.metadata_id, key.key_attributes) == (made.metadata_id, ["emailaddress1"])
        assert client.tables.get_alternate_keys("contact") == []
