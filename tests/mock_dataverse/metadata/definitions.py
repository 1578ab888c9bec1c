"""One piece of metadata as JSON: what it says, and what can be expanded from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

METADATA = UUID("5f7f8a05-8c39-4b2f-9c62-3f2a6f0a4a11")
ENGLISH = 1033

Expanded = Callable[[], "Definition | list[Definition] | None"]


@dataclass(frozen=True, slots=True)
class Definition:
    """A table, column, key, relationship or choice; ``odata_type`` is its type's short name.

    What is ``derived`` says its type, as its address can lead to several.
    """

    odata_type: str
    properties: Mapping[str, object]
    related: Mapping[str, Expanded] = field(default_factory=dict)
    derived: bool = False


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
