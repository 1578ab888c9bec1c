"""The asynchronous half of Microsoft's SDK: another HTTP library, another way to write a URL."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, Self

import aiohttp
import pytest
from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.aio import AsyncDataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError
from PowerPlatform.Dataverse.models.filters import col
from PowerPlatform.Dataverse.models.upsert import UpsertItem

from tests.clients.conftest import AdministratorCredential
from tests.mock_dataverse.app import MockDataverse

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

Story = Callable[[AsyncDataverseClient], Awaitable[None]]
Tells = Callable[[Story], None]


class AsyncCredential:
    """Signs in as the System Administrator; has nothing to open or close."""

    async def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:  # noqa: ANN401
        return AdministratorCredential().get_token()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Do nothing."""


class TrustingClient(AsyncDataverseClient):
    """Microsoft's client, which trusts the mock: it takes no certificate of its own."""

    def __init__(self, base_url: str, trust: ssl.SSLContext) -> None:
        super().__init__(base_url, AsyncCredential())
        self._trust = trust

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=self._trust))
        return self


@pytest.fixture
def tells(served: MockDataverse, trust: ssl.SSLContext) -> Tells:
    """Return what runs a story of one client to its end."""

    async def told(story: Story) -> None:
        async with TrustingClient(served.base_url, trust) as client:
            await story(client)

    return lambda story: asyncio.run(told(story))


async def made_contacts(client: AsyncDataverseClient) -> list[str]:
    names = ("Akers", "Bell", "Cole [EMEA]", "Diaz")
    return await client.records.create("contact", [{"lastname": name} for name in names])


def test_a_record_lives_and_goes(tells: Tells) -> None:
    async def story(client: AsyncDataverseClient) -> None:
        account = await client.records.create("account", {"name": "Contoso"})
        await client.records.update("account", account, {"name": "Fabrikam"})
        record = await client.records.retrieve("account", account, select=["name"])
        await client.records.delete("account", account)

        assert record is not None
        assert record["name"] == "Fabrikam"
        assert await client.records.retrieve("account", account) is None

    tells(story)


def test_a_case_of_a_customer_has_tasks(tells: Tells) -> None:
    async def story(client: AsyncDataverseClient) -> None:
        account = await client.records.create("account", {"name": "Contoso"})
        customer = {"customerid_account@odata.bind": f"/accounts({account})"}
        case = await client.records.create(
            "incident", {"title": "Printer", "prioritycode": "High", **customer}
        )
        regarding = {"regardingobjectid_incident_task@odata.bind": f"/incidents({case})"}
        await client.records.create("task", {"subject": "Call back", **regarding})

        expand = ["customerid_account($select=name)", "Incident_Tasks($select=subject)"]
        record = await client.records.retrieve("incident", case, expand=expand)

        assert record is not None
        assert (record["prioritycode"], record["customerid_account"]["name"]) == (1, "Contoso")
        assert [task["subject"] for task in record["Incident_Tasks"]] == ["Call back"]

    tells(story)


def test_many_are_created_changed_and_deleted(tells: Tells) -> None:
    async def story(client: AsyncDataverseClient) -> None:
        contacts = await made_contacts(client)
        await client.records.update("contact", contacts, {"firstname": "Kim"})
        await client.records.delete("contact", contacts[1:], use_bulk_delete=False)

        rows = await client.records.list("contact", select=["firstname", "lastname"])
        assert [(row["firstname"], row["lastname"]) for row in rows] == [("Kim", "Akers")]

    tells(story)


def test_filters_and_pages_are_understood(tells: Tells) -> None:
    async def story(client: AsyncDataverseClient) -> None:
        await made_contacts(client)
        query = (
            client.query.builder("contact").select("lastname").order_by("lastname", descending=True)
        )

        chosen = await query.where(col("lastname").in_(["Bell", "Cole [EMEA]"])).execute()
        pages = [len(page) async for page in client.records.list_pages("contact", page_size=3)]

        assert [row["lastname"] for row in chosen] == ["Cole [EMEA]", "Bell"]
        assert pages == [3, 1]

    tells(story)


def test_an_upsert_goes_by_a_key_that_it_made(tells: Tells) -> None:
    async def story(client: AsyncDataverseClient) -> None:
        await client.tables.create_alternate_key("contact", "cht_ByEmail", ["emailaddress1"])
        looks = [await client.tables.get_alternate_keys("contact") for _ in range(3)]
        assert looks[-1][0].status == "Active"
        key = {"emailaddress1": "kim@contoso.com"}
        for name in ("Akers", "Abercrombie"):
            await client.records.upsert("contact", [UpsertItem(key, {"lastname": name})])

        rows = await client.records.list("contact", select=["lastname"])
        assert [row["lastname"] for row in rows] == ["Abercrombie"]

    tells(story)


def test_a_change_set_is_all_or_nothing(tells: Tells) -> None:
    async def story(client: AsyncDataverseClient) -> None:
        for name, status in (("Contoso", 204), ("x" * 161, 400)):
            batch = client.batch.new()
            async with batch.changeset() as changes:
                account = changes.records.create("account", {"name": "Fabrikam"})
                changes.records.update("account", account, {"name": name})
            answers = (await batch.execute()).responses
            assert {answer.status_code for answer in answers} == {status}

        rows = await client.records.list("account", select=["name"])
        assert [row["name"] for row in rows] == ["Contoso"]

    tells(story)


def test_tables_and_columns_are_looked_up(tells: Tells) -> None:
    async def story(client: AsyncDataverseClient) -> None:
        table = await client.tables.get("incident")
        column = await client.tables.get_column("account", "name")

        assert table is not None
        assert (table.entity_set_name, table.primary_id_attribute) == ("incidents", "incidentid")
        assert column is not None
        assert column["MaxLength"] == 160

    tells(story)


def test_what_the_mock_does_not_know_it_says_so(tells: Tells) -> None:
    async def story(client: AsyncDataverseClient) -> None:
        with pytest.raises(HttpError) as refused:
            await client.query.sql("SELECT name FROM account")

        assert refused.value.status_code == 501

    tells(story)
