"""``Other/Relationships*``: which column leads to which table, by the table it leads to.

Source: real exports for the names and the behaviour of what Dataverse relates by itself;
``msdyn_timetracker`` in Microsoft's table reference for an elastic table's lookups.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from solution.generator.elements import FIRST_VERSION, descriptions, element, leaves
from solution.generator.system_columns import system_columns
from solution.model.columns import Lookup
from solution.model.tables import TABLES, Kind, Ownership, Table
from solution.tools.packing.documents import Element

NEVER = "NoCascade"
SCHEMA_NAMES = {"incident": "Incident", "systemuser": "SystemUser"}
"""How Dataverse spells the names of the tables that ours refer to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """One column of ours that refers to a table; ``deletion`` is what follows its deletion."""

    name: str
    referencing: str
    column: str
    referenced: str
    description: str
    deletion: str = NEVER
    navigation: str | None = None


def relationships() -> list[Relationship]:
    """Return all relationships of all tables, by name."""
    found = [each for table in TABLES for each in (*_own(table), *_systemic(table))]
    return sorted(found, key=lambda each: each.name)


def _own(table: Table) -> Iterator[Relationship]:
    for column in table.columns:
        if isinstance(column, Lookup):
            yield Relationship(
                name=table.relationship(column),
                referencing=table.schema_name,
                column=column.schema_name,
                referenced=SCHEMA_NAMES[column.target],
                description=column.description,
                deletion=_deletion(column, table),
                navigation=column.schema_name,
            )


def _deletion(column: Lookup, table: Table) -> str:
    if table.kind is Kind.ELASTIC:
        return NEVER
    return "Cascade" if column.parental else "RemoveLink"


def _systemic(table: Table) -> Iterator[Relationship]:
    """Yield what Dataverse relates by itself: who made a row, and whom it belongs to."""
    name = table.logical_name
    related = [
        (f"lk_{name}_createdby", "CreatedBy", "SystemUser"),
        (f"lk_{name}_modifiedby", "ModifiedBy", "SystemUser"),
    ]
    if table.ownership is Ownership.ORGANIZATION:
        related.append((f"organization_{name}", "OrganizationId", "Organization"))
    else:
        related += [
            (f"business_unit_{name}", "OwningBusinessUnit", "BusinessUnit"),
            (f"owner_{name}", "OwnerId", "Owner"),
            (f"team_{name}", "OwningTeam", "Team"),
            (f"user_{name}", "OwningUser", "SystemUser"),
        ]
    said = {column.physical_name: column.description for column in system_columns(table)}
    for relationship, column, referenced in related:
        yield Relationship(
            name=relationship,
            referencing=table.schema_name,
            column=column,
            referenced=referenced,
            description=said[column],
        )


def index_document() -> Element:
    """Return the document that names all relationships."""
    entries = (element("EntityRelationship", Name=each.name) for each in relationships())
    return element("EntityRelationships", *entries)


def documents_by_referenced_table() -> dict[str, Element]:
    """Return a document for each table that ours refer to."""
    found: dict[str, list[Element]] = {}
    for relationship in relationships():
        found.setdefault(relationship.referenced, []).append(_written(relationship))
    return {table: element("EntityRelationships", *each) for table, each in found.items()}


def _written(relationship: Relationship) -> Element:
    chosen = relationship.navigation is not None
    searched = {"CascadeRollupView": NEVER, "IsValidForAdvancedFind": 1} if chosen else {}
    return element(
        "EntityRelationship",
        *leaves(
            EntityRelationshipType="OneToMany",
            IsCustomizable=1,
            IntroducedVersion=FIRST_VERSION,
            IsHierarchical=0,
            ReferencingEntityName=relationship.referencing,
            ReferencedEntityName=relationship.referenced,
            CascadeAssign=NEVER,
            CascadeDelete=relationship.deletion,
            CascadeArchive=relationship.deletion,
            CascadeReparent=NEVER,
            CascadeShare=NEVER,
            CascadeUnshare=NEVER,
            **searched,
            ReferencingAttributeName=relationship.column,
        ),
        element("RelationshipDescription", descriptions(relationship.description)),
        *_ends(relationship),
        Name=relationship.name,
    )


def _ends(relationship: Relationship) -> list[Element]:
    """Return the two ends: the column's, with its place in the menus, and the other table's."""
    if relationship.navigation is None:
        return []
    many = leaves(
        NavPaneDisplayOption="UseCollectionName",
        NavPaneArea="Details",
        NavPaneOrder=10000,
        NavigationPropertyName=relationship.navigation,
        RelationshipRoleType=1,
    )
    one = leaves(NavigationPropertyName=relationship.name, RelationshipRoleType=0)
    ends = (element("EntityRelationshipRole", *end) for end in (many, one))
    return [element("EntityRelationshipRoles", *ends)]
