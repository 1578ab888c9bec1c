"""A real environment that the contract is put to, named by environment variables.

Take a trial that nobody works in, with the solution in it. Every row that a test makes is deleted
again, with whatever names the test's case.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

import pytest
import requests

from solution.model.columns import Lookup
from solution.model.tables import TABLES, Kind, Table
from tests.contract.api import Api, Json, Part, part_answers
from tests.mock_dataverse.people import User

VARIABLES = {
    "CHT_LIVE_ENVIRONMENT": "its address, such as https://org.crm4.dynamics.com",
    "CHT_LIVE_TOKEN": "an access token of the functions' application user",
    "CHT_LIVE_ADMIN_TOKEN": "one of a System Administrator",
    "CHT_LIVE_ANN": "the Entra object id of somebody with the roles Case Time Representative and"
    " Customer Service Representative",
    "CHT_LIVE_BEN": "that of somebody else with the same roles",
}


ADDRESS = "OData-EntityId"


@dataclass(frozen=True, slots=True)
class Live:
    """Where the environment is, and who asks it."""

    url: str
    token: str
    administrator_token: str
    ann: UUID
    ben: UUID

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> "Live":
        """Return the environment that the variables name.

        Raises:
            pytest.UsageError: one of them is missing.
        """
        missing = [f"{name}: {what}" for name, what in VARIABLES.items() if name not in variables]
        if missing:
            raise pytest.UsageError("\n".join(["--live needs environment variables:", *missing]))
        url, token, administrator_token, ann, ben = (variables[name] for name in VARIABLES)
        return cls(url.rstrip("/"), token, administrator_token, UUID(ann), UUID(ben))


@dataclass(frozen=True)
class TracingApi(Api):
    """Knows the address of each row that it created."""

    addresses: list[str] = field(default_factory=list)

    def send(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        # An upsert that updates answers like one that creates.
        creates = method == "POST" or (method == "PATCH" and self._is_missing(path))
        answer = super().send(method, path, body, headers)
        if creates and ADDRESS in answer.headers:
            self.addresses.append(answer.headers[ADDRESS])
        return answer

    def batch(
        self,
        *units: Part | list[Part],
        headers: Mapping[str, str] | None = None,
        line_end: str = "\r\n",
    ) -> requests.Response:
        answer = super().batch(*units, headers=headers, line_end=line_end)
        if answer.ok:
            parts = [
                part for unit in units for part in (unit if isinstance(unit, list) else [unit])
            ]
            for part, of_part in zip(parts, part_answers(answer), strict=False):
                if part.method == "POST" and ADDRESS in of_part.headers:
                    self.addresses.append(of_part.headers[ADDRESS])
        return answer

    def _is_missing(self, path: str) -> bool:
        return self.get(path.partition("?")[0]).status_code == HTTPStatus.NOT_FOUND


@contextmanager
def tidied(live: Live, token: str) -> Iterator[TracingApi]:
    """Open the Web API, and delete afterwards what was created by it."""
    with TracingApi.opened(live.url, token) as api:
        assert isinstance(api, TracingApi)
        try:
            yield api
        finally:
            delete_all(live, reversed(api.addresses))


@contextmanager
def case_of(live: Live, owner: User) -> Iterator[UUID]:
    """Make a case, and delete it afterwards with all that names it."""
    with tidied(live, live.administrator_token) as administrator:
        contact = administrator.created("contacts", {"lastname": "Contract test"})
        case = administrator.created(
            "incidents",
            {
                "title": "Printer",
                "customerid_contact@odata.bind": f"/contacts({contact})",
                "ownerid@odata.bind": f"/systemusers({owner.systemuserid})",
            },
        )
        try:
            yield case
        finally:
            for table in TABLES:
                delete_all(live, naming(administrator, table, case))


def person(live: Live, entra_object_id: UUID) -> User:
    with Api.opened(live.url, live.administrator_token) as administrator:
        (row,) = administrator.values(
            "systemusers?$select=fullname"
            f"&$filter=azureactivedirectoryobjectid eq {entra_object_id}"
        )
    return User(UUID(row["systemuserid"]), entra_object_id, row["fullname"])


def naming(api: Api, table: Table, case: UUID) -> Iterator[str]:
    """Yield the addresses of a table's rows that name the case."""
    for column in table.columns:
        if not isinstance(column, Lookup) or column.target != "incident":
            continue
        condition = f"_{column.logical_name}_value eq {case}"
        for row in api.values(f"{table.entity_set}?$select={table.primary_id}&$filter={condition}"):
            key = row[table.primary_id]
            if table.kind is Kind.ELASTIC:
                key = f"{table.primary_id}={key},partitionid='{row['partitionid']}'"
            yield f"{table.entity_set}({key})"


def delete_all(live: Live, addresses: Iterator[str]) -> None:
    with Api.opened(live.url, live.administrator_token) as administrator:
        for address in addresses:
            administrator.delete(address)
