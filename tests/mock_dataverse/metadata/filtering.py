"""``$filter`` on definitions, over the properties they show.

Source: developer documentation, ``webapi/query-metadata-web-api``: any property of a primitive or
enumeration type; an enumeration's value comes with its type; ``Property/Value`` of a managed one.
"""

from collections.abc import Mapping

from tests.mock_dataverse.errors import DataverseError, bad_query, not_simulated
from tests.mock_dataverse.filter_tree import (
    Comparison,
    Condition,
    Junction,
    Literal,
    Negation,
    Path,
    QueryFunction,
    TextMatch,
    Value,
)
from tests.mock_dataverse.metadata.definitions import Definition

PREFIX = "Microsoft.Dynamics.CRM."
ENUMERATIONS = {
    "AttributeType": "AttributeTypeCode",
    "CascadeConfiguration/Delete": "CascadeType",
    "EntityKeyIndexStatus": "EntityKeyIndexStatus",
    "OptionSetType": "OptionSetType",
    "OwnershipType": "OwnershipTypes",
    "RelationshipType": "RelationshipType",
    "RequiredLevel/Value": "AttributeRequiredLevel",
}
"""The type of each property that is an enumeration."""


def matches(definition: Definition, condition: Condition) -> bool:
    """Tell if a definition is as a filter says.

    Raises:
        DataverseError: 400, Dataverse refuses the filter; 501, only the mock does not know it.
    """
    match condition:
        case Junction(word="and", conditions=parts):
            return all(matches(definition, part) for part in parts)
        case Junction(conditions=parts):
            return any(matches(definition, part) for part in parts)
        case Negation(condition=inner):
            return not matches(definition, inner)
        case Comparison(operator=("eq" | "ne") as operator, operand=Value() as value):
            equal = _equal(definition, condition.path, value)
            return equal if operator == "eq" else not equal
        case Comparison() | TextMatch() | QueryFunction():
            raise not_simulated("filters on metadata other than eq and ne with a value")


def _equal(definition: Definition, path: Path, value: Value) -> bool:
    name = "/".join(path.steps)
    found = _property(definition, path)
    if value.kind is Literal.NULL:
        return found is None
    if name in ENUMERATIONS:
        return found == _enumerated(name, value)
    match found:
        case bool():
            return found is (_literal(name, value, Literal.TRUTH) == "true")
        case int():
            return str(found) == _literal(name, value, Literal.NUMBER)
        case str() if path.steps == ("MetadataId",):
            return found == _literal(name, value, Literal.GUID).lower()
        case str():
            return found == _literal(name, value, Literal.TEXT)
        case _:
            raise bad_query(f"'{name}' is no primitive value that can be compared.")


def _property(definition: Definition, path: Path) -> object:
    found: object = definition.properties
    for step in path.steps:
        if not isinstance(found, Mapping) or step not in found:
            raise not_simulated(f"the property {'/'.join(path.steps)} of {definition.odata_type}")
        found = found[step]
    return found


def _enumerated(name: str, value: Value) -> str:
    if value.kind is Literal.TEXT:
        raise not_simulated(f"'{name}', an enumeration, compared with a plain text")
    enumeration, _, text = value.text.removesuffix("'").partition("'")
    if value.kind is not Literal.ENUM or enumeration != PREFIX + ENUMERATIONS[name]:
        raise _incompatible(name)
    return text


def _literal(name: str, value: Value, kind: Literal) -> str:
    if value.kind is not kind:
        raise _incompatible(name)
    return value.text


def _incompatible(name: str) -> DataverseError:
    return bad_query(f"A binary operator with incompatible types was detected on '{name}'.")
