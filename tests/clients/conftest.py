"""One environment over TLS on loopback, and what the clients sign in with."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.core.credentials import AccessToken

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
