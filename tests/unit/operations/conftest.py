import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from operations.__main__ import main
from tests.unit.operations.storage import Storage, served

KEY = base64.b64encode(b"key of a test").decode()
CONNECTION = (
    "DefaultEndpointsProtocol=https;AccountName=cht;"
    f"AccountKey={KEY};EndpointSuffix=core.windows.net"
)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


Poison = Callable[..., Ran]


@pytest.fixture
def storage() -> Iterator[Storage]:
    storage = Storage()
    with served(storage):
        yield storage


@pytest.fixture
def poison(
    storage: Storage,  # noqa: ARG001 - it answers
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Poison:
    """Return what runs ``poison`` with its words; the connection string is set."""
    for name in ("AzureWebJobsStorage__queueServiceUri", "CHT_STORAGE_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AzureWebJobsStorage", CONNECTION)

    def run(*words: str) -> Ran:
        code = main(["poison", *words])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run
