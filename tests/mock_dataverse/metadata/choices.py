"""Choices as metadata: the global ones, and those a column has for itself."""

from tests.mock_dataverse.columns import Column
from tests.mock_dataverse.metadata.definitions import Definition, label, metadata_id
from tests.mock_dataverse.tables import GlobalChoice, Table


def global_choice(choice: GlobalChoice) -> Definition:
    return Definition(
        "OptionSetMetadata",
        {
            "MetadataId": metadata_id("choice", choice.name),
            "Name": choice.name,
            "IsGlobal": True,
            "IsCustomOptionSet": True,
            "OptionSetType": "Picklist",
            "DisplayName": label(choice.label, "choice", choice.name),
            "Options": _options(choice.name, choice.labels),
        },
    )


def options_of(table: Table, column: Column) -> Definition:
    """Return the options of a column as its own; those of a global choice are the same."""
    name = column.options or f"{table.logical_name}_{column.name}"
    return Definition(
        "OptionSetMetadata",
        {
            "MetadataId": metadata_id("choice", name),
            "Name": name,
            "IsGlobal": bool(column.options),
            "Options": _options(name, column.labels),
        },
    )


def _options(name: str, labels: dict[int, str]) -> list[dict[str, object]]:
    return [
        {"Value": value, "Label": label(text, "choice", name, str(value))}
        for value, text in labels.items()
    ]
