"""``EntityDefinitions`` and its like over the Web API: the schema read, and its keys written."""

from dataclasses import replace

from tests.mock_dataverse.addresses import SEGMENT, members, segments, unquoted
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import (
    DOES_NOT_EXIST,
    DataverseError,
    not_simulated,
    unknown_resource,
)
from tests.mock_dataverse.lockdown import require_unblocked
from tests.mock_dataverse.metadata.attributes import attributes_of
from tests.mock_dataverse.metadata.choices import global_choice
from tests.mock_dataverse.metadata.definitions import Definition, metadata_id
from tests.mock_dataverse.metadata.keys import drop_key, keys_of, make_key
from tests.mock_dataverse.metadata.relationships import (
    known_relationships,
    many_to_one,
    one_to_many,
)
from tests.mock_dataverse.metadata.showing import CRM, all_shown, shown
from tests.mock_dataverse.metadata.tables import table_definition
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.tables import Table

TABLES, CHOICES, RELATIONSHIPS = (
    "EntityDefinitions",
    "GlobalOptionSetDefinitions",
    "RelationshipDefinitions",
)
ROOTS = (TABLES, CHOICES, RELATIONSHIPS)
"""What metadata addresses begin with."""
ONE_TO_MANY = f"{CRM}OneToManyRelationshipMetadata"

Segment = tuple[str, str | None]


def is_metadata(path: str) -> bool:
    return path.startswith(ROOTS)


def answer_metadata(env: Environment, caller: Caller, call: Call) -> Answer:
    """Answer a request for metadata by its method and path."""
    if not all(principal.everything for principal in caller.principals):
        raise not_simulated("metadata without being an administrator")
    if call.method != "GET":
        require_unblocked(env)
    names = [_split(segment) for segment in segments(call.path)]
    match call.method, names:
        case "GET", _:
            return _read(env, call, names)
        case "POST", [(root, str() as key), ("Keys", None)] if root == TABLES:
            return make_key(env, _table(env, key), call)
        case "DELETE", [(root, str() as key), ("Keys", str() as text)] if root == TABLES:
            return drop_key(env, _table(env, key), text)
        case _:
            raise not_simulated(f"{call.method} of {call.path}")


def _read(env: Environment, call: Call, names: list[Segment]) -> Answer:
    match names:
        case [(root, None)] if root == TABLES:
            every = [table_definition(env, table) for table in env.schema.usable()]
            return _list(env, call, root, every)
        case [(root, key), *rest] if root == TABLES and key is not None:
            return _of_table(env, call, _table(env, key), rest)
        case [(root, None)] if root == CHOICES:
            choices = [global_choice(choice) for choice in env.schema.choices.values()]
            return _list(env, call, root, choices)
        case [(root, key)] if root == CHOICES and key is not None:
            return _one(env, call, root, _choice(env, key))
        case [(root, key), *cast] if root == RELATIONSHIPS and cast in ([], [(ONE_TO_MANY, None)]):
            return _relationships(env, call, key)
        case _:
            raise not_simulated(f"the metadata {call.path}")


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
            return _list(env, call, "ManyToOneRelationships", many_to_one(table))
        case [("OneToManyRelationships", None)]:
            return _list(env, call, "OneToManyRelationships", one_to_many(table))
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
    columns = attributes_of(env.schema, table)
    if kinds:
        columns = [
            replace(column, derived=False) for column in columns if column.odata_type in kinds
        ]
    if key is None:
        return _list(env, call, root, columns)
    return _one(env, call, root, _named(columns, "LogicalName", key))


def _relationships(env: Environment, call: Call, key: str | None) -> Answer:
    """Answer with relationships of tables that somebody made; there are thousands more."""
    known = known_relationships(env.schema)
    if key is not None and (found := _find(known, "SchemaName", key)):
        return _one(env, call, RELATIONSHIPS, found)
    if key is None and "$filter" in call.options and all_shown(known, call.options):
        return _list(env, call, RELATIONSHIPS, known)
    raise not_simulated("relationships of Dataverse's own tables")


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


def _named(definitions: list[Definition], name: str, key: str) -> Definition:
    found = _find(definitions, name, key)
    if found is None:
        raise _not_found(f"Could not find a definition with the key {key}.")
    return found


def _find(definitions: list[Definition], name: str, key: str) -> Definition | None:
    """Return the definition of a name as in ``LogicalName='x'``, or of an id."""
    named = unquoted(members(key).get(name, ""))
    return next(
        (
            definition
            for definition in definitions
            if definition.properties[name] == named
            or definition.properties["MetadataId"] == key.lower()
        ),
        None,
    )


def _choice(env: Environment, key: str) -> Definition:
    return _named([global_choice(choice) for choice in env.schema.choices.values()], "Name", key)


def _one(env: Environment, call: Call, root: str, found: Definition) -> Answer:
    context = f"{env.root}$metadata#{root}/$entity"
    return json_answer({"@odata.context": context, **shown(found, call.options)})


def _list(env: Environment, call: Call, root: str, found: list[Definition]) -> Answer:
    rows = all_shown(found, call.options)
    return json_answer({"@odata.context": f"{env.root}$metadata#{root}", "value": rows})


def _not_found(message: str) -> DataverseError:
    return DataverseError(404, DOES_NOT_EXIST, message)
