"""How Dataverse writes values in JSON, and which columns a row model reads."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

Utc = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
FORMATTED = "OData.Community.Display.V1.FormattedValue"
"""The annotation with a lookup's name; asked for where the name is wanted."""

OWNER, CREATED_BY, MODIFIED_BY = "_ownerid_value", "_createdby_value", "_modifiedby_value"


class RowModel(BaseModel):
    """A row as Dataverse sends it: the aliases are the columns, unknown ones are ignored.

    What is in a row is nobody's who reads logs, so an error names only the places.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Return what to select, so that asked for and read are one list."""
        aliases = (field.alias for field in cls.model_fields.values())
        return tuple(alias for alias in aliases if alias and "@" not in alias)


def iso(moment: datetime) -> str:
    """Return the moment as Dataverse reads it: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain(day: date) -> str:
    return day.isoformat()


def cut(text: str, most: int) -> str:
    """Return as much of the beginning of a text as a column holds; Dataverse counts in UTF-16."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore")
