"""What a Dataverse webhook says: the part of its ``RemoteExecutionContext`` that we use.

Everything else is left unread, and of a context that Dataverse made smaller (over 256 KB it leaves
out parameters and images) what remains is enough: rows are read again by their id.

Source: Microsoft's ``use-webhooks`` for what is sent, ``Microsoft.Xrm.Sdk.RemoteExecutionContext``
for its parts, as .NET's ``DataContractJsonSerializer`` writes them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_pascal

from functions.contracts.wire import Body, in_our_time
from functions.timekeeping.identifiers import CaseId

MOST_BYTES = 1024 * 1024
"""Dataverse counts to 256 KB before it writes; nothing says that no byte is added after that."""

TABLE_HEADER = "x-ms-dynamics-entity-name"
SETTING_OVERRIDES = frozenset({"organizationsetting", "appsetting"})
"""The tables that hold what administrators set."""

CASE = "incident"
ACTIVITIES = frozenset({"task", "phonecall", "email", "appointment"})
CREATE, DELETE = "Create", "Delete"

DOTNET_DATE = re.compile(r"/Date\((-?\d{1,14})(?:[+-]\d{4})?\)/", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_CHARACTERS = 128


def settings_changed(headers: Mapping[str, str]) -> bool:
    """Tell whether the webhook is about a setting; headers come even where the body is cut."""
    return headers.get(TABLE_HEADER, "").lower() in SETTING_OVERRIDES


def _from_dotnet_date(value: object) -> object:
    """Read ``/Date(ms)/``: milliseconds since 1970 in UTC, whatever the offset behind them."""
    match = DOTNET_DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("must be a date such as /Date(1769846400000)/")
    return EPOCH + timedelta(milliseconds=int(match[1]))


def _by_key(value: object) -> object:
    """Turn a list of ``{key, value}``, as .NET writes dictionaries, into one of ours."""
    if value is None:
        return {}
    if not isinstance(value, list):
        raise ValueError("must be a list of keys with values")  # noqa: TRY004 - pydantic's way
    pairs = {}
    for each in value:
        if not isinstance(each, dict) or not isinstance(each.get("key"), str):
            raise ValueError("must be a list of keys with values")  # noqa: TRY004 - as above
        pairs[each["key"]] = each.get("value")
    return pairs


Id = Annotated[UUID, Field(strict=False)]
Name = Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
DotnetDate = Annotated[datetime, BeforeValidator(_from_dotnet_date), AfterValidator(in_our_time)]


class Part(BaseModel):
    """A part of the context; what we do not know is left unread."""

    model_config = ConfigDict(alias_generator=to_pascal, extra="ignore", frozen=True, strict=True)


class Reference(Part):
    """An ``EntityReference``: which row of which table."""

    id: Id
    logical_name: Name

    @property
    def case(self) -> CaseId | None:
        """Return the row if it is a case."""
        return CaseId(self.id) if self.logical_name == CASE else None


class Columns(Part):
    """Those columns of a row that decide something here; the keys are logical names."""

    model_config = ConfigDict(alias_generator=None)

    regardingobjectid: Reference | None = None
    incidentid: Reference | None = None

    @property
    def names_case(self) -> bool:
        """Tell whether it says what the row regards, if only that it is nothing."""
        return "regardingobjectid" in self.model_fields_set


class Row(Part):
    """An ``Entity`` with some of its columns, or a mere reference to one."""

    attributes: Annotated[Columns, BeforeValidator(_by_key)] = Columns()


class Parameters(Part):
    """What the message was called with."""

    target: Row | None = None
    incident_resolution: Row | None = None
    subordinate_id: Id | None = None


class Images(Part):
    """Rows as they were, by the alias that the step's image was registered under."""

    model_config = ConfigDict(alias_generator=None)

    before: Row | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataverseEvent:
    """One message about one row.

    Args:
        cases: cases that it is about, or that its row regards or regarded, as far as it tells.
        tells_case: it tells what its row regards now, so that this need not be read.
        happened_at: when it was called; before the change was there to be read.
        correlation_id: the same for all that one request to Dataverse brought about.
    """

    table: str
    message: str
    row: UUID
    cases: frozenset[CaseId]
    tells_case: bool
    initiated_by: UUID
    happened_at: datetime
    correlation_id: UUID


class RemoteExecutionContext(Body):
    """``POST webhooks/dataverse``: the body, one message about one row."""

    model_config = ConfigDict(alias_generator=to_pascal, extra="ignore")

    message_name: Name
    primary_entity_name: Name
    primary_entity_id: Id
    initiating_user_id: Id
    correlation_id: Id
    operation_created_on: DotnetDate
    input_parameters: Annotated[Parameters, BeforeValidator(_by_key)] = Parameters()
    pre_entity_images: Annotated[Images, BeforeValidator(_by_key)] = Images()

    @model_validator(mode="after")
    def _require_case(self) -> Self:
        """Refuse a message about a case that does not say which, as ``Close`` might be."""
        if self.primary_entity_name.lower() == CASE and not any(self._named_cases()):
            raise ValueError("must name a case: PrimaryEntityId, or that of IncidentResolution")
        return self

    def to_event(self) -> DataverseEvent:
        table = self.primary_entity_name.lower()
        cases = self._named_cases() if table == CASE else self._regarded_cases()
        target = self.input_parameters.target
        return DataverseEvent(
            table=table,
            message=self.message_name,
            row=self.primary_entity_id,
            cases=frozenset(cases),
            tells_case=target is not None
            and (target.attributes.names_case or self.message_name == CREATE),
            initiated_by=self.initiating_user_id,
            happened_at=self.operation_created_on,
            correlation_id=self.correlation_id,
        )

    def _named_cases(self) -> Iterator[CaseId]:
        """Yield the case itself, and those that its resolution or a merge names."""
        if self.primary_entity_id.int:
            yield CaseId(self.primary_entity_id)
        resolution = self.input_parameters.incident_resolution
        resolved = resolution.attributes.incidentid if resolution else None
        if resolved and resolved.case:
            yield resolved.case
        if self.input_parameters.subordinate_id:
            yield CaseId(self.input_parameters.subordinate_id)

    def _regarded_cases(self) -> Iterator[CaseId]:
        """Yield the case that an activity regards, and the one it regarded before."""
        for row in (self.input_parameters.target, self.pre_entity_images.before):
            regarded = row.attributes.regardingobjectid if row else None
            if regarded and regarded.case:
                yield regarded.case
