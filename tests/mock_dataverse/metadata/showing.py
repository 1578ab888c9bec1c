"""What a query shows of definitions: ``$select``, ``$expand`` and, of several, ``$filter``."""

from collections.abc import Mapping

from tests.mock_dataverse.errors import not_simulated
from tests.mock_dataverse.filter_syntax import parse_filter
from tests.mock_dataverse.metadata.definitions import Definition
from tests.mock_dataverse.metadata.filtering import matches
from tests.mock_dataverse.options import Expand, parse_expands

CRM = "Microsoft.Dynamics.CRM."


def shown(definition: Definition, options: Mapping[str, str]) -> dict[str, object]:
    """Return what a query asks for; the id always comes along.

    Raises:
        DataverseError: 501 for a property or an option that the mock does not have.
    """
    if options.keys() - {"$select", "$expand"}:
        raise not_simulated(f"{', '.join(sorted(options))} on metadata")
    expands = parse_expands(options.get("$expand", ""))
    typed = {"@odata.type": f"#{CRM}{definition.odata_type}"} if definition.derived else {}
    return {
        **typed,
        **_selected(definition, options.get("$select")),
        **dict(_expanded(definition, part) for part in expands),
    }


def all_shown(definitions: list[Definition], options: Mapping[str, str]) -> list[dict[str, object]]:
    """Return what a query shows of those that its filter keeps."""
    rest = dict(options)
    text = rest.pop("$filter", None)
    if text is not None:
        condition = parse_filter(text, {})
        definitions = [definition for definition in definitions if matches(definition, condition)]
    return [shown(definition, rest) for definition in definitions]


def _selected(definition: Definition, select: str | None) -> dict[str, object]:
    if select is None:
        return dict(definition.properties)
    names = [name.strip() for name in select.split(",")]
    for name in names:
        if name not in definition.properties:
            raise not_simulated(f"the property {name} of {definition.odata_type}")
    return {name: definition.properties[name] for name in dict.fromkeys([*names, "MetadataId"])}


def _expanded(definition: Definition, part: Expand) -> tuple[str, object]:
    if part.navigation not in definition.related:
        raise not_simulated(f"expanding {part.navigation} of {definition.odata_type}")
    related = definition.related[part.navigation]()
    if isinstance(related, list):
        return part.navigation, all_shown(related, part.options)
    return part.navigation, related and shown(related, part.options)
