"""A table's definition: names, kind, and what stands below it."""

from tests.mock_dataverse.columns import Kind
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import not_simulated
from tests.mock_dataverse.metadata.attributes import attributes_of
from tests.mock_dataverse.metadata.definitions import Definition, label, managed, metadata_id
from tests.mock_dataverse.privileges import DEPTHS, PREFIXES, Privilege, privileges_on
from tests.mock_dataverse.tables import Ownership, Table

ELASTIC_KEY = "KeyForNoSqlEntityWithPKPartitionId"
OWNERSHIPS = {Ownership.USER: "UserOwned", Ownership.ORGANIZATION: "OrganizationOwned"}
SYSTEM_RELATIONSHIPS = {
    "createdby": "lk_{}_createdby",
    "modifiedby": "lk_{}_modifiedby",
    "createdonbehalfby": "lk_{}_createdonbehalfby",
    "modifiedonbehalfby": "lk_{}_modifiedonbehalfby",
    "ownerid": "owner_{}",
    "owningbusinessunit": "business_unit_{}",
    "owninguser": "user_{}",
}
CASCADES = ("Assign", "Archive", "Merge", "Reparent", "Share", "Unshare", "RollupView")


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
            "DisplayName": label(table.label, table.logical_name),
            "Privileges": [_privilege(each) for each in privileges_on(table)],
            **_of_custom(table),
        },
        {
            "Attributes": lambda: attributes_of(schema, table),
            "Keys": lambda: keys_of(env, table),
            "ManyToOneRelationships": lambda: relationships_of(table),
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


def keys_of(env: Environment, table: Table) -> list[Definition]:
    keys = table.custom.keys if table.custom else ()
    status = env.schema.key_status(table)
    own: list[tuple[str, tuple[str, ...], str | None]] = [
        (key.schema_name, key.columns, status) for key in keys
    ]
    if table.elastic:
        built_in = env.switches.elastic_key_status if status == "Active" else status
        own.append((ELASTIC_KEY, (table.primary_id, "partitionid"), built_in))
    return [
        Definition(
            "EntityKeyMetadata",
            {
                "MetadataId": metadata_id(table.logical_name, "key", name),
                "SchemaName": name,
                "LogicalName": name.lower(),
                "EntityLogicalName": table.logical_name,
                "KeyAttributes": list(columns),
                "EntityKeyIndexStatus": told,
            },
        )
        for name, columns, told in own
    ]


def relationships_of(table: Table) -> list[Definition]:
    """Return the relationships in which rows of the table name one of another."""
    if table.custom is None:
        raise not_simulated(f"the relationships of Dataverse's own table {table.logical_name}")
    return [
        _relationship(table, column.name, navigation, target)
        for column in table.columns.values()
        if column.kind is Kind.LOOKUP
        for navigation, target in column.targets.items()
    ]


def _relationship(table: Table, name: str, navigation: str, target: str) -> Definition:
    column = table.columns[name]
    schema_name = column.relationship or SYSTEM_RELATIONSHIPS[name].format(table.logical_name)
    own = bool(column.relationship)
    delete = "Cascade" if column.parental else "RemoveLink" if own and not table.elastic else None
    return Definition(
        "OneToManyRelationshipMetadata",
        {
            "MetadataId": metadata_id("relationship", schema_name),
            "SchemaName": schema_name,
            "RelationshipType": "OneToManyRelationship",
            "IsCustomRelationship": own,
            "ReferencingEntity": table.logical_name,
            "ReferencingAttribute": name,
            "ReferencingEntityNavigationPropertyName": navigation,
            "ReferencedEntity": target,
            "ReferencedAttribute": f"{target}id",
            "CascadeConfiguration": {
                **dict.fromkeys(CASCADES, "NoCascade"),
                "Delete": delete or "NoCascade",
            },
        },
    )
