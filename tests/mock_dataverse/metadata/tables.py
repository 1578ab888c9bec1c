"""A table's definition: names, kind, and what stands below it."""

from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.metadata.attributes import attributes_of
from tests.mock_dataverse.metadata.definitions import Definition, label, managed, metadata_id
from tests.mock_dataverse.metadata.keys import keys_of
from tests.mock_dataverse.metadata.relationships import many_to_one, one_to_many
from tests.mock_dataverse.privileges import DEPTHS, PREFIXES, Privilege, privileges_on
from tests.mock_dataverse.tables import Ownership, Table

OWNERSHIPS = {Ownership.USER: "UserOwned", Ownership.ORGANIZATION: "OrganizationOwned"}
PRIVATE = frozenset({"appsetting"})


def table_definition(env: Environment, table: Table) -> Definition:
    schema = env.schema
    return Definition(
        "EntityMetadata",
        {
            "MetadataId": metadata_id(table.logical_name),
            "LogicalName": table.logical_name,
            "SchemaName": table.schema_name,
            "EntitySetName": table.entity_set,
            "LogicalCollectionName": table.entity_set,
            "PrimaryIdAttribute": table.primary_id,
            "PrimaryNameAttribute": table.primary_name,
            "TableType": "Elastic" if table.elastic else "Standard",
            "IsActivity": "activitytypecode" in table.columns,
            "IsCustomEntity": table.custom is not None,
            "IsPrivate": table.logical_name in PRIVATE,
            "DisplayName": label(table.label, table.logical_name),
            "Privileges": [_privilege(offered) for offered in privileges_on(table)],
            **_of_custom(table),
        },
        {
            "Attributes": lambda: attributes_of(schema, table),
            "Keys": lambda: keys_of(env, table),
            "ManyToOneRelationships": lambda: many_to_one(table),
            "OneToManyRelationships": lambda: one_to_many(table),
        },
    )


def _privilege(privilege: Privilege) -> dict[str, object]:
    reaches = {f"CanBe{name}": depth in privilege.depths for name, depth in DEPTHS.items()}
    return {
        **reaches,
        "CanBeEntityReference": False,
        "CanBeParentEntityReference": False,
        "Name": privilege.name,
        "PrivilegeId": str(privilege.id),
        "PrivilegeType": PREFIXES[privilege.key[1]] if privilege.key else "None",
    }


def _of_custom(table: Table) -> dict[str, object]:
    """Return what the mock knows of custom tables only."""
    if table.custom is None:
        return {}
    return {
        "OwnershipType": OWNERSHIPS[table.ownership],
        "ChangeTrackingEnabled": table.custom.change_tracked,
        "IsAuditEnabled": managed(table.custom.audited, "canmodifyauditsettings"),
    }
