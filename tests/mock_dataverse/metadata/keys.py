"""Alternate keys as metadata: which a table has, making one, taking one away."""

from tests.mock_dataverse.addresses import members, unquoted
from tests.mock_dataverse.calls import Answer, Call
from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import bad_payload, not_simulated
from tests.mock_dataverse.keys import has_duplicates
from tests.mock_dataverse.metadata.definitions import Definition, metadata_id
from tests.mock_dataverse.tables import Key, Table

ELASTIC_KEY = "KeyForNoSqlEntityWithPKPartitionId"
MOST_KEYS, MOST_COLUMNS = 10, 16
IN_KEYS = frozenset({Kind.WHOLE, Kind.TEXT, Kind.MOMENT, Kind.DAY, Kind.LOOKUP, Kind.CHOICE})


def keys_of(env: Environment, table: Table) -> list[Definition]:
    status = env.schema.key_status(table)
    own: list[tuple[str, tuple[str, ...], str | None]] = [
        (key.schema_name, key.columns, status) for key in env.schema.keys(table)
    ]
    if table.elastic:
        built_in = env.switches.elastic_key_status if status == "Active" else status
        own.append((ELASTIC_KEY, (table.primary_id, "partitionid"), built_in))
    return [
        Definition(
            "EntityKeyMetadata",
            {
                "MetadataId": _id_of(table, name),
                "SchemaName": name,
                "LogicalName": name.lower(),
                "EntityLogicalName": table.logical_name,
                "KeyAttributes": list(columns),
                "EntityKeyIndexStatus": told,
            },
        )
        for name, columns, told in own
    ]


def make_key(env: Environment, table: Table, call: Call) -> Answer:
    """Answer a POST to the keys of a table; its index is built after a while."""
    body = call.json_body()
    unknown = body.keys() - {"@odata.type", "SchemaName", "KeyAttributes", "DisplayName"}
    if unknown:
        raise not_simulated(f"{', '.join(sorted(unknown))} of a new key")
    name, columns = body.get("SchemaName"), body.get("KeyAttributes")
    if not isinstance(name, str) or not isinstance(columns, list) or not columns:
        raise bad_payload("a key needs a SchemaName and KeyAttributes.")
    key = Key(schema_name=name, columns=tuple(map(str, columns)))
    _require_sound(env, table, key)
    env.schema.put_key(table, key, env.switches.settling_looks)
    address = f"EntityDefinitions(LogicalName='{table.logical_name}')/Keys({_id_of(table, name)})"
    return Answer(204, {"OData-EntityId": env.root + address})


def drop_key(env: Environment, table: Table, text: str) -> Answer:
    """Answer a DELETE of one key, named by its id or its logical name."""
    name = unquoted(members(text).get("LogicalName", ""))
    for key in env.schema.keys(table):
        if text.lower() == _id_of(table, key.schema_name) or name == key.schema_name.lower():
            env.schema.drop_key(table, key)
            return Answer(204)
    raise not_simulated(f"deleting the key {text}")


def _require_sound(env: Environment, table: Table, key: Key) -> None:
    known = env.schema.keys(table)
    if table.elastic or len(known) == MOST_KEYS or len(key.columns) > MOST_COLUMNS:
        raise bad_payload("no such key can be added to the table.")
    if key.schema_name.lower() in {other.schema_name.lower() for other in known}:
        raise bad_payload(f"there is a key {key.schema_name} already.")
    for name in key.columns:
        column = table.columns.get(name)
        if column is None or not _fits(table, column):
            raise bad_payload(f"'{name}' cannot be a column of a key.")
        if len(column.targets) > 1:
            raise not_simulated("a lookup to several tables in a key")
    if has_duplicates(env, table, key):
        raise not_simulated("a key whose index cannot be built, as rows have the same values")


def _fits(table: Table, column: Column) -> bool:
    hidden = column.internal or column.name == table.primary_id
    return column.kind in IN_KEYS and not column.memo and not hidden


def _id_of(table: Table, schema_name: str) -> str:
    return metadata_id(table.logical_name, "key", schema_name)
