"""What the path and the query of a call may hold. Unknown query parameters are not ours."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic.alias_generators import to_camel
from pydantic_core.core_schema import ValidationInfo

from functions.usecases.show_history import Section

AppName = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[\w.]+$")]
"""Unique name of a model-driven app."""


class Parameters(BaseModel):
    """Values of the path and the query, which are texts."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class NoParameters(Parameters):
    """A call without parameters."""


class AppParameters(Parameters):
    """Calls whose answer depends on the app's settings."""

    app: AppName | None = Field(None, description="The app whose settings count.")


class CasePath(Parameters):
    """Calls about a case that bring the app along in their body."""

    case_id: UUID = Field(description="The case.")


class CaseParameters(CasePath, AppParameters):
    """Calls about a case."""


class TimeLogParameters(CaseParameters):
    """Calls about a time log of a case."""

    log_id: UUID = Field(description="The time log.")


class HistoryParameters(CaseParameters):
    """A list of the history, or all three; only a single list can be continued."""

    section: Section | None = Field(None, description="Only this list.")
    cursor: Annotated[str, StringConstraints(max_length=20_000)] | None = Field(
        None, description="Where the list's last page ended: its nextCursor."
    )

    @field_validator("cursor")
    @classmethod
    def _has_a_list(cls, cursor: str | None, info: ValidationInfo) -> str | None:
        if cursor is not None and info.data.get("section") is None:
            raise ValueError("goes with a section")
        return cursor

    @property
    def sections(self) -> tuple[Section, ...]:
        return (self.section,) if self.section else tuple(Section)
