"""Settings as Dataverse has them: the rows of definitions and overrides, and one value at a time.

Overrides are asked for from their own side. The names of the collections on the other side, below a
definition, are public in two spellings, and a wrong one is refused.
"""

from collections.abc import Iterable, Mapping

from pydantic import Field

from dataverse_client import Expand, Operation, Query, Row, any_of, eq, one_of
from dataverse_client import operations as op
from functions.repositories.columns import RowModel
from functions.timekeeping.settings import NAMES

Values = Mapping[str, str | None]
"""The texts of settings by their unique names."""

RETRIEVE = "RetrieveSetting"
DEFINITION, APP, UNIQUE_NAME = "settingdefinitionid", "parentappmoduleid", "uniquename"
_OURS = any_of(*(eq(f"{DEFINITION}/{UNIQUE_NAME}", name) for name in NAMES))

DEFINITIONS = (
    Query("settingdefinitions")
    .select(UNIQUE_NAME, "defaultvalue")
    .where(one_of(UNIQUE_NAME, NAMES))
)
OF_ENVIRONMENT = (
    Query("organizationsettings")
    .select("value")
    .where(_OURS)
    .expand(Expand(DEFINITION).select(UNIQUE_NAME))
)
SOME_APP = Query("appmodules").select(UNIQUE_NAME).order_by(UNIQUE_NAME).top(1)
OF_APPS = (
    Query("appsettings")
    .select("value")
    .where(_OURS)
    .expand(Expand(DEFINITION).select(UNIQUE_NAME), Expand(APP).select(UNIQUE_NAME))
)


class NamedRow(RowModel):
    """A definition or an app, by its unique name."""

    name: str = Field(alias=UNIQUE_NAME)


class DefinitionRow(NamedRow):
    """A setting with its default."""

    default: str | None = Field(alias="defaultvalue")


class OverrideRow(RowModel):
    """The environment's value of a setting."""

    value: str | None = Field(alias="value")
    definition: NamedRow = Field(alias=DEFINITION)


class AppOverrideRow(OverrideRow):
    """An app's value of a setting."""

    app: NamedRow | None = Field(alias=APP)


class SettingDetail(RowModel):
    """The part of an answer to ``RetrieveSetting`` that has the value."""

    value: str | None = Field(alias="Value")


class RetrievedSetting(RowModel):
    """An answer to ``RetrieveSetting``."""

    detail: SettingDetail = Field(alias="SettingDetail")


def environment_values(definitions: Iterable[Row], overrides: Iterable[Row]) -> Values:
    """Return the environment's values, else the defaults, of the settings that are defined."""
    defaults = {row.name: row.default for row in map(DefinitionRow.model_validate, definitions)}
    rows = map(OverrideRow.model_validate, overrides)
    return defaults | {row.definition.name: row.value for row in rows if row.value is not None}


def app_values(overrides: Iterable[Row]) -> Mapping[str, Values]:
    """Return what apps set themselves, by their names in small letters."""
    found: dict[str, dict[str, str | None]] = {}
    for row in map(AppOverrideRow.model_validate, overrides):
        if row.app is not None and row.value is not None:
            found.setdefault(row.app.name.casefold(), {})[row.definition.name] = row.value
    return found


def retrieve(name: str, app: str | None) -> Operation[Row]:
    """Ask for the value of a setting in an app, or in the environment, as Dataverse resolves it."""
    parameters = {"SettingName": name, "AppUniqueName": app}
    given = {key: value for key, value in parameters.items() if value is not None}
    return op.call_function(RETRIEVE, given)


def retrieved(answer: object) -> str | None:
    """Return the value that was told.

    Raises:
        pydantic.ValidationError: the answer has another shape, so it tells none.
    """
    return RetrievedSetting.model_validate(answer).detail.value
