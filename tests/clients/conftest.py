"""One environment over TLS on loopback, and what the clients sign in with."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from PowerPlatform.Dataverse.client import DataverseClient

from tests.clients.certificates import self_signed, server_context
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse
from tests.mock_dataverse.server import serve

LONG_FROM_NOW = 4_102_444_800


class AdministratorCredential:
    """Signs in as the System Administrator, with and without waiting."""

    def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:  # noqa: ANN401
        return AccessToken(ADMIN_TOKEN, LONG_FROM_NOW)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def trust(certificate: Path) -> ssl.SSLContext:
    """What a client needs to trust the mock."""
    return ssl.create_default_context(cafile=certificate)


@pytest.fixture
def served(certificate: Path) -> Iterator[MockDataverse]:
    """The mock over TLS: Microsoft's client sends its token nowhere else."""
    mock = MockDataverse()
    with serve(mock, tls=server_context(certificate)):
        yield mock
    mock.close()


@pytest.fixture
def client(
    served: MockDataverse, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DataverseClient]:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with DataverseClient(served.base_url, AdministratorCredential()) as client:
        yield client


@pytest.fixture
def account(client: DataverseClient) -> str:
    return client.records.create("account", {"name": "Contoso"})


@pytest.fixture
def case(client: DataverseClient, account: str) -> str:
    """An active case of Contoso's."""
    customer = {"customerid_account@odata.bind": f"/accounts({account})"}
    return client.records.create("incident", {"title": "Printer", **customer})


@pytest.fixture
def contacts(client: DataverseClient) -> list[str]:
    """Four contacts, made in one request."""
    names = ("Akers", "Bell", "Cole [EMEA]", "Diaz")
    return client.records.create("contact", [{"lastname": name} for name in names])
