"""Rows of parts that several places name, with the ids an environment gives to what has none."""

from uuid import UUID, uuid5

from tests.mock_dataverse.customization_tables import PUBLISHER, SOLUTION
from tests.mock_dataverse.platform_rows import PLATFORM
from tests.mock_dataverse.solutions.parts import Part
from tests.mock_dataverse.tables import Table


def given_id(table: Table, name: str) -> UUID:
    """Return the id of a part that its file names but does not number."""
    return uuid5(PLATFORM, f"{table.logical_name}/{name.lower()}")


def manifest_parts(
    *,
    name: str,
    label: str,
    version: str,
    publisher: str,
    publisher_label: str,
    prefix: str,
    option_prefix: int,
    managed: bool = False,
) -> tuple[Part, Part]:
    """Return the rows of a publisher and of its solution."""
    publisher_id = given_id(PUBLISHER, publisher)
    return (
        Part(
            table=PUBLISHER,
            row_id=publisher_id,
            values={
                "uniquename": publisher,
                "friendlyname": publisher_label,
                "customizationprefix": prefix,
                "customizationoptionvalueprefix": option_prefix,
            },
        ),
        Part(
            table=SOLUTION,
            row_id=given_id(SOLUTION, name),
            values={
                "uniquename": name,
                "friendlyname": label,
                "version": version,
                "ismanaged": int(managed),
                "publisherid": str(publisher_id),
            },
        ),
    )
