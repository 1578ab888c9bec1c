"""``EntityDefinitions`` and ``GlobalOptionSetDefinitions``: the schema over the Web API."""

from tests.mock_dataverse.addresses import SEGMENT, members, segments, unquoted
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    DOES_NOT_EXIST,
    DataverseError,
    not_simulated,
    unknown_resource,
)
from tests.mock_dataverse.metadata.attributes import attribute, attributes_of
from tests.mock_dataverse.metadata.choices import global_choice
from tests.mock_dataverse.metadata.definitions import Definition, metadata_id
from tests.mock_dataverse.metadata.tables import keys_of, relationships_of, table_definition
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.tables import Table

CRM = "Microsoft.Dynamics.CRM."
TABLES, CHOICES = "EntityDefinitions", "GlobalOptionSetDefinitions"
ROOTS = (TABLES, CHOICES)
"""What metadata addresses begin with."""


def is_metadata(path: str) -> bool:
    return path.startswith(ROOTS)


def read_metadata(env: Environment, caller: Caller, call: Call) -> Answer:
    """Answer a read of metadata by its path."""
    if call.method != "GET":
        raise not_simulated("writing metadata directly")
    if not all(principal.everything for principal in caller.principals):
        raise not_simulated("reading metadata without being an administrator")
    names = [_split(segment) for segment in segments(call.path)]
    match names:
        case [(root, None)] if root == TABLES:
            every = [table_definition(env, table) for table in env.schema.usable()]
            return _list(env, call, root, every)
        case [(root, key), *rest] if root == TABLES and key is not None:
            return _of_table(env, call, _table(env, key), rest)
        case [(root, None)] if root == CHOICES:
            return _list(
                env, call, root, [global_choice(each) for each in env.schema.choices.values()]
            )
        case [(root, key)] if root == CHOICES and key is not None:
            return _one(env, call, root, _choice(env, key))
        case _:
            raise not_simulated(f"the metadata {call.path}")


Segment = tuple[str, str | None]


def _split(segment: str) -> Segment:
    match = SEGMENT.fullmatch(segment)
    if match is None:
        raise unknown_resource(segment)
    return match["name"], match["inside"]


def _of_table(env: Environment, call: Call, table: Table, rest: list[Segment]) -> Answer:
    match rest:
        case []:
            return _one(env, call, TABLES, table_definition(env, table))
        case [("Attributes", key), *cast]:
            return _columns(env, call, table, key, [name for name, _ in cast])
        case [("Keys", None)]:
            return _list(env, call, "Keys", keys_of(env, table))
        case [("ManyToOneRelationships", None)]:
            return _list(env, call, "ManyToOneRelationships", relationships_of(table))
        case _:
            raise not_simulated(f"the metadata {call.path}")


def _columns(
    env: Environment, call: Call, table: Table, key: str | None, cast: list[str]
) -> Answer:
    """Answer with one column or all of them, perhaps only those of one type."""
    kinds = [name.removeprefix(CRM) for name in cast]
    if len(kinds) > 1 or not all(kind.endswith("AttributeMetadata") for kind in kinds):
        raise not_simulated(f"the metadata {call.path}")
    root = "/".join(["Attributes", *cast])
    if key is None:
        every = attributes_of(env.schema, table)
        chosen = [each for each in every if not kinds or each.odata_type in kinds]
        return _list(env, call, root, chosen)
    found = _attribute(env, table, key)
    if kinds and found.odata_type not in kinds:
        raise _not_found(f"The column is not of the type {kinds[0]}.")
    return _one(env, call, root, found)


def _table(env: Environment, key: str) -> Table:
    """Return the table of ``LogicalName='x'`` or of an id; a new one is ready after some looks."""
    found = next(
        (table for table in env.schema.tables.values() if _names(key, table.logical_name)), None
    )
    if found is None or not env.schema.is_ready_when_asked(found):
        raise _not_found(f"Could not find an entity with the key {key}.")
    return found


def _names(key: str, logical_name: str) -> bool:
    by_name = unquoted(members(key).get("LogicalName", "")) == logical_name
    return by_name or key.lower() == metadata_id(logical_name)


def _attribute(env: Environment, table: Table, key: str) -> Definition:
    name = unquoted(members(key).get("LogicalName", ""))
    if name not in table.columns:
        raise _not_found(f"Could not find an attribute with the key {key}.")
    return attribute(env.schema, table, table.columns[name])


def _choice(env: Environment, key: str) -> Definition:
    name = unquoted(members(key).get("Name", ""))
    if name not in env.schema.choices:
        raise _not_found(f"Could not find an option set with the key {key}.")
    return global_choice(env.schema.choices[name])


def _one(env: Environment, call: Call, root: str, found: Definition) -> Answer:
    context = f"{env.root}$metadata#{root}/$entity"
    return json_answer({"@odata.context": context, **found.shown(call.options)})


def _list(env: Environment, call: Call, root: str, found: list[Definition]) -> Answer:
    typed = root == "Attributes"
    shown = [
        ({"@odata.type": f"#{CRM}{each.odata_type}"} if typed else {}) | each.shown(call.options)
        for each in found
    ]
    return json_answer({"@odata.context": f"{env.root}$metadata#{root}", "value": shown})


def _not_found(message: str) -> DataverseError:
    return DataverseError(404, DOES_NOT_EXIST, message)
