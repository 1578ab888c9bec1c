"""What an environment begins with: as Dataverse makes it, or with our solution in it.

Each is made once in a process and copied, because hundreds of tests want one.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from solution.model.roles import ROLES
from tests.mock_dataverse.builtin_tables import APP_SETTING
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.layout import Image, empty_image
from tests.mock_dataverse.people import People
from tests.mock_dataverse.platform_rows import put_platform
from tests.mock_dataverse.registered_webhooks import register_webhooks
from tests.mock_dataverse.roles import deployed_parts_of, put_role
from tests.mock_dataverse.schema import BUILTIN_TABLES, Schema
from tests.mock_dataverse.solutions.applying import apply
from tests.mock_dataverse.solutions.model_parts import model_parts
from tests.mock_dataverse.store import Store
from tests.mock_dataverse.tables import Table

MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Tables, and the rows that are in them."""

    schema: Schema
    image: Image


@cache
def fresh(app_setting_privileges: str) -> Beginning:
    """Return an environment that has Customer Service and nothing of ours."""
    env = _empty(Schema(_builtin(app_setting_privileges)))
    put_platform(env)
    return _kept(env)


@cache
def installed(app_setting_privileges: str) -> Beginning:
    """Return an environment that our solution was imported into and deployed."""
    solution = model_parts()
    builtin = _builtin(app_setting_privileges)
    env = _empty(Schema(builtin + solution.tables, solution.choices))
    put_platform(env)
    apply(env, solution)
    register_webhooks(env)
    for role in ROLES:
        put_role(env, deployed_parts_of(env.schema, role))
    return _kept(env)


def _builtin(app_setting_privileges: str) -> tuple[Table, ...]:
    """Return Dataverse's own tables, the privileges on the one for apps' settings called so."""
    named = replace(APP_SETTING, privilege_name=app_setting_privileges)
    return tuple(named if table == APP_SETTING else table for table in BUILTIN_TABLES)


def _empty(schema: Schema) -> Environment:
    store = Store(empty_image(schema.stored), ":memory:")
    return Environment(schema, store, People(store), lambda: MADE_ON, "https://org.invalid")


def _kept(env: Environment) -> Beginning:
    image = env.store.image()
    env.store.close()
    return Beginning(env.schema, image)
