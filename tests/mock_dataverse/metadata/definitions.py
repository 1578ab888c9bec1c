"""One piece of metadata as JSON: what it says, and what can be expanded from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from tests.mock_dataverse.errors import not_simulated
from tests.mock_dataverse.options import Expand, parse_expands

METADATA = UUID("5f7f8a05-8c39-4b2f-9c62-3f2a6f0a4a11")
ENGLISH = 1033

Expanded = Callable[[], "Definition | list[Definition] | None"]


@dataclass(frozen=True, slots=True)
class Definition:
    """A table, column, key, relationship or choice; ``odata_type`` is its type's short name."""

    odata_type: str
    properties: Mapping[str, object]
    related: Mapping[str, Expanded] = field(default_factory=dict)

    def shown(self, options: Mapping[str, str]) -> dict[str, object]:
        """Return what a query asks for; the id always comes along.

        Raises:
            DataverseError: 501 for a property or an option that the mock does not have.
        """
        if options.keys() - {"$select", "$expand"}:
            raise not_simulated(f"{', '.join(sorted(options))} on metadata")
        expands = parse_expands(options.get("$expand", ""))
        return self._selected(options.get("$select")) | dict(
            self._expanded(each) for each in expands
        )

    def _selected(self, select: str | None) -> dict[str, object]:
        if select is None:
            return dict(self.properties)
        names = [name.strip() for name in select.split(",")]
        for name in names:
            if name not in self.properties:
                raise not_simulated(f"the property {name} of {self.odata_type}")
        return {name: self.properties[name] for name in dict.fromkeys([*names, "MetadataId"])}

    def _expanded(self, part: Expand) -> tuple[str, object]:
        if part.navigation not in self.related:
            raise not_simulated(f"expanding {part.navigation} of {self.odata_type}")
        related = self.related[part.navigation]()
        if isinstance(related, list):
            return part.navigation, [each.shown(part.options) for each in related]
        return part.navigation, related and related.shown(part.options)


def metadata_id(*names: str) -> str:
    """Return the id of what these names lead to."""
    return str(uuid5(METADATA, "/".join(names)))


def label(text: str, *names: str) -> dict[str, object]:
    """Return a text in the one language the mock knows."""
    localized = {
        "Label": text,
        "LanguageCode": ENGLISH,
        "IsManaged": False,
        "MetadataId": metadata_id("label", *names),
        "HasChanged": None,
    }
    return {"LocalizedLabels": [localized], "UserLocalizedLabel": localized}


def managed(value: object, property_name: str) -> dict[str, object]:
    """Return a value that comes with whether it can be changed."""
    return {"Value": value, "CanBeChanged": True, "ManagedPropertyLogicalName": property_name}
