from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local_stack.functions_host.app import functions_of
from tests.local_stack.functions_host.host import FunctionsHost
from tests.local_stack.functions_host.settings import HostSettings
from tests.unit.local_stack.sample_app import Seen, sample_app


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def host(seen: Seen) -> Iterator[FunctionsHost]:
    functions = {function.name: function for function in functions_of(sample_app(seen))}
    host = FunctionsHost(functions, folder=Path(), settings=HostSettings(threads=1))
    yield host
    host.close()
