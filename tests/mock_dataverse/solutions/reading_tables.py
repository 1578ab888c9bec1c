"""Tables, columns, choices and relationships of ``customizations.xml``."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.mock_dataverse.columns import Column, Kind, Level
from tests.mock_dataverse.solutions.archive import (
    Element,
    ImportFailedError,
    flag,
    named,
    not_simulated_part,
    number,
    said,
)
from tests.mock_dataverse.tables import (
    CUSTOM_STATES,
    Custom,
    GlobalChoice,
    Key,
    Ownership,
    Table,
    custom_table,
    system_columns,
)

COSMOS = "1d9bde74-9ebd-4da9-8ff5-aa74945b9f74"
OWNERSHIPS = {"UserOwned": Ownership.USER, "OrgOwned": Ownership.ORGANIZATION}
LEVELS = {
    "none": Level.NONE,
    "recommended": Level.RECOMMENDED,
    "required": Level.APPLICATION,
    "applicationrequired": Level.APPLICATION,
    "systemrequired": Level.SYSTEM,
}
OTHER_SYSTEM_COLUMNS = {
    "owningteam",
    "organizationid",
    "timezoneruleversionnumber",
    "utcconversiontimezonecode",
    "statecode",
    "statuscode",
}
"""Columns that files list and Dataverse makes itself; the mock has them or does without."""
QUIET_CASCADES = ("CascadeAssign", "CascadeReparent", "CascadeShare", "CascadeUnshare")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """One lookup column of one table, to one other."""

    name: str
    referencing: str
    column: str
    referenced: str
    deletion: str
    navigation: str | None


Relationships = dict[tuple[str, str], Relationship]
"""By referencing table and column."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What columns refer to beside their table."""

    relations: Relationships
    choices: dict[str, GlobalChoice]


def global_choices(customizations: Element) -> dict[str, GlobalChoice]:
    return {
        choice.name: choice
        for choice in map(_global_choice, customizations.iterfind("optionsets/optionset"))
    }


def _global_choice(optionset: Element) -> GlobalChoice:
    if said(optionset, "OptionSetType") != "picklist":
        raise not_simulated_part(f"the choice {optionset.get('Name')}, which is no picklist")
    return GlobalChoice(
        name=str(optionset.get("Name")),
        label=named(optionset, "displaynames/displayname"),
        labels=_options(optionset, "options/option"),
    )


def _options(optionset: Element, path: str) -> dict[int, str]:
    return {
        int(option.get("value", "")): named(option, "labels/label")
        for option in optionset.iterfind(path)
    }


def relationships(customizations: Element) -> Relationships:
    """Return every one-to-many relationship by referencing table and column."""
    found: Relationships = {}
    for each in customizations.iterfind("EntityRelationships/EntityRelationship"):
        relationship = _relationship(each)
        place = relationship.referencing, relationship.column
        if place in found:
            raise not_simulated_part(f"the column {'.'.join(place)}, which leads to several tables")
        found[place] = relationship
    return found


def _relationship(element: Element) -> Relationship:
    name = str(element.get("Name"))
    if said(element, "EntityRelationshipType") != "OneToMany":
        raise not_simulated_part(f"the relationship {name}, which is not one-to-many")
    for cascade in QUIET_CASCADES:
        if element.findtext(cascade) not in {None, "NoCascade"}:
            raise not_simulated_part(f"{cascade} of the relationship {name}")
    ends = element.iterfind("EntityRelationshipRoles/EntityRelationshipRole")
    navigations = [
        end.findtext("NavigationPropertyName")
        for end in ends
        if end.findtext("RelationshipRoleType") == "1"
    ]
    return Relationship(
        name=name,
        referencing=said(element, "ReferencingEntityName").lower(),
        column=said(element, "ReferencingAttributeName").lower(),
        referenced=said(element, "ReferencedEntityName").lower(),
        deletion=said(element, "CascadeDelete"),
        navigation=navigations[0] if navigations else None,
    )


def table_of(entity: Element, around: Surroundings) -> Table | None:
    """Return the table of an ``Entity``; None if it only brings parts of a table that is there."""
    info = entity.find("EntityInfo/entity")
    if info is None or info.find("attributes/attribute") is None:
        return None
    ownership = OWNERSHIPS.get(said(info, "OwnershipTypeMask"))
    if ownership is None:
        raise not_simulated_part(f"tables that are {said(info, 'OwnershipTypeMask')}")
    elastic = (info.findtext("DataProviderId") or "").strip("{}").lower() == COSMOS
    if info.findtext("DataProviderId") and not elastic:
        raise not_simulated_part("virtual tables")
    schema_name = said(entity, "Name")
    attributes = info.findall("attributes/attribute")
    own = [
        _column(each, schema_name.lower(), around)
        for each in attributes
        if _is_own(each, schema_name, ownership, elastic=elastic)
    ]
    return custom_table(
        schema_name=schema_name,
        entity_set=said(info, "EntitySetName"),
        label=named(info, "LocalizedNames/LocalizedName"),
        primary_name=_primary_name(attributes, schema_name),
        own=[_cascading(column, around, schema_name.lower(), elastic=elastic) for column in own],
        ownership=ownership,
        elastic=elastic,
        custom=Custom(
            audited=bool(flag(info, "IsAuditEnabled")),
            change_tracked=bool(flag(info, "ChangeTrackingEnabled")),
            keys=tuple(map(_key, info.iterfind("EntityKeys/EntityKey"))),
        ),
    )


def _is_own(attribute: Element, schema_name: str, ownership: Ownership, *, elastic: bool) -> bool:
    """Tell the columns somebody made from those that Dataverse makes itself."""
    name = said(attribute, "LogicalName")
    if flag(attribute, "IsCustomField"):
        return True
    known = {column.name for column in system_columns(ownership, elastic=elastic)}
    if name not in known | OTHER_SYSTEM_COLUMNS | {f"{schema_name.lower()}id"}:
        raise not_simulated_part(f"the system column {name}")
    if name == "statuscode":
        statuses = {text for known in CUSTOM_STATES.statuses.values() for text in known.items()}
        if set(_options(attribute, "optionset/statuses/status").items()) != statuses:
            raise not_simulated_part(
                f"other status reasons than Active and Inactive of {schema_name}"
            )
    return False


def _primary_name(attributes: list[Element], schema_name: str) -> str:
    for attribute in attributes:
        if "PrimaryName" in (attribute.findtext("DisplayMask") or "").split("|"):
            return said(attribute, "LogicalName")
    raise ImportFailedError(f"The table {schema_name} has no primary name column.")


def _key(element: Element) -> Key:
    columns = element.iterfind("EntityKeyAttributes/AttributeName")
    return Key(
        schema_name=said(element, "Name"),
        columns=tuple(str(column.text).lower() for column in columns),
    )


def _column(attribute: Element, table: str, around: Surroundings) -> Column:
    name, level = said(attribute, "LogicalName"), said(attribute, "RequiredLevel")
    if level not in LEVELS:
        raise ImportFailedError(f"The column {table}.{name} has the unknown level {level}.")
    plain = Column(
        name=name,
        schema_name=str(attribute.get("PhysicalName")),
        kind=Kind.TEXT,
        label=named(attribute, "displaynames/displayname"),
        level=LEVELS[level],
        creatable=bool(flag(attribute, "ValidForCreateApi")),
        updatable=bool(flag(attribute, "ValidForUpdateApi")),
        readable=bool(flag(attribute, "ValidForReadApi")),
    )
    kind = said(attribute, "Type")
    if kind == "picklist":
        return _choice(plain, attribute, around.choices)
    if kind == "lookup":
        return _lookup(plain, around.relations, table)
    if kind not in SIMPLE_TYPES:
        raise not_simulated_part(f"columns of the type {kind}")
    return SIMPLE_TYPES[kind](plain, attribute)


def _text(plain: Column, attribute: Element) -> Column:
    return replace(plain, max_length=number(attribute, "MaxLength"))


def _memo(plain: Column, attribute: Element) -> Column:
    return replace(plain, max_length=number(attribute, "MaxLength"), memo=True)


def _whole(plain: Column, attribute: Element) -> Column:
    low, high = number(attribute, "MinValue"), number(attribute, "MaxValue")
    return replace(plain, kind=Kind.WHOLE, minimum=low, maximum=high)


def _yes_no(plain: Column, _attribute: Element) -> Column:
    return replace(plain, kind=Kind.BOOLEAN)


def _date(plain: Column, attribute: Element) -> Column:
    match said(attribute, "Format"), said(attribute, "Behavior"):
        case "datetime", "1":
            return replace(plain, kind=Kind.MOMENT)
        case "date", "2":
            return replace(plain, kind=Kind.DAY)
        case shape, behavior:
            raise not_simulated_part(f"a date shown as {shape} with behavior {behavior}")


SIMPLE_TYPES: dict[str, Callable[[Column, Element], Column]] = {
    "nvarchar": _text,
    "ntext": _memo,
    "int": _whole,
    "bit": _yes_no,
    "datetime": _date,
}


def _choice(plain: Column, attribute: Element, choices: dict[str, GlobalChoice]) -> Column:
    own = attribute.find("optionset")
    if own is not None:
        return replace(plain, kind=Kind.CHOICE, labels=_options(own, "options/option"))
    name = said(attribute, "OptionSetName")
    if name not in choices:
        raise ImportFailedError(f"The column {plain.name} has the unknown choice {name}.")
    return replace(plain, kind=Kind.CHOICE, options=name, labels=choices[name].labels)


def _lookup(plain: Column, relations: Relationships, table: str) -> Column:
    relation = relations.get((table, plain.name))
    if relation is None:
        raise ImportFailedError(f"The lookup {table}.{plain.name} has no relationship.")
    return replace(
        plain,
        kind=Kind.LOOKUP,
        targets={relation.navigation or plain.schema_name: relation.referenced},
        relationship=relation.name,
    )


def _cascading(column: Column, around: Surroundings, table: str, *, elastic: bool) -> Column:
    """Return the column with what follows a deletion of the row it names."""
    if column.kind is not Kind.LOOKUP:
        return column
    deletion = around.relations[table, column.name].deletion
    if deletion not in ({"NoCascade"} if elastic else {"Cascade", "RemoveLink"}):
        raise not_simulated_part(f"CascadeDelete {deletion} of {table}.{column.name}")
    return replace(column, parental=deletion == "Cascade")
