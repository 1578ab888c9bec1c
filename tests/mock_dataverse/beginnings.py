"""What an environment begins with: as Dataverse makes it, or with our solution in it.

Each is made once in a process and copied, because hundreds of tests want one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.layout import Image, empty_image
from tests.mock_dataverse.people import People
from tests.mock_dataverse.platform_rows import put_platform
from tests.mock_dataverse.registered_webhooks import register_webhooks
from tests.mock_dataverse.schema import BUILTIN_TABLES, Schema
from tests.mock_dataverse.solutions.applying import apply
from tests.mock_dataverse.solutions.model_parts import model_parts
from tests.mock_dataverse.store import Store

MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Tables, and the rows that are in them."""

    schema: Schema
    image: Image


@cache
def fresh() -> Beginning:
    """Return an environment that has Customer Service and nothing of ours."""
    env = _empty(Schema(BUILTIN_TABLES))
    put_platform(env)
    return _kept(env)


@cache
def installed() -> Beginning:
    """Return an environment that our solution was imported into, with its webhooks registered."""
    solution = model_parts()
    env = _empty(Schema(BUILTIN_TABLES + solution.tables, solution.choices))
    put_platform(env)
    apply(env, solution)
    register_webhooks(env)
    return _kept(env)


def _empty(schema: Schema) -> Environment:
    store = Store(empty_image(schema.stored), ":memory:")
    return Environment(schema, store, People(store), lambda: MADE_ON, "https://org.invalid")


def _kept(env: Environment) -> Beginning:
    image = env.store.image()
    env.store.close()
    return Beginning(env.schema, image)
