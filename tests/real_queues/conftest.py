from collections.abc import Iterator

import pytest
from azure.storage.queue import QueueServiceClient

from tests.local_stack.azurite import azurite, connection_string


@pytest.fixture(scope="session")
def _azurite() -> Iterator[str]:
    with azurite() as child:
        yield connection_string(child.port())


@pytest.fixture
def storage(_azurite: str) -> Iterator[str]:
    """The connection string of an account without queues."""
    yield _azurite
    with QueueServiceClient.from_connection_string(_azurite, use_env_settings=False) as service:
        for queue in service.list_queues():
            service.delete_queue(queue)
