"""Relationships as metadata: those in which rows name other rows."""

from dataclasses import replace

from tests.mock_dataverse.columns import Kind
from tests.mock_dataverse.errors import not_simulated
from tests.mock_dataverse.metadata.definitions import Definition, metadata_id
from tests.mock_dataverse.schema import Schema
from tests.mock_dataverse.tables import Table

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


def known_relationships(schema: Schema) -> list[Definition]:
    """Return the relationships of all tables that somebody made."""
    made = [table for table in schema.usable() if table.custom]
    return [
        replace(relationship, derived=True) for table in made for relationship in many_to_one(table)
    ]


def many_to_one(table: Table) -> list[Definition]:
    """Return the relationships in which rows of the table name one of another."""
    if table.custom is None:
        raise not_simulated(f"the relationships of Dataverse's own table {table.logical_name}")
    return [
        _relationship(table, column.name, navigation, target)
        for column in table.columns.values()
        if column.kind is Kind.LOOKUP
        for navigation, target in column.targets.items()
    ]


def one_to_many(table: Table) -> list[Definition]:
    """Return the relationships in which rows of others name one of the table."""
    return [
        Definition(
            "OneToManyRelationshipMetadata",
            {
                "MetadataId": metadata_id("collection", navigation),
                "RelationshipType": "OneToManyRelationship",
                "ReferencedEntity": table.logical_name,
                "ReferencedAttribute": table.primary_id,
                "ReferencedEntityNavigationPropertyName": navigation,
                "ReferencingEntity": collection.table,
                "ReferencingAttribute": collection.lookup,
            },
        )
        for navigation, collection in table.collections.items()
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
