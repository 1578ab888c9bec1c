"""The columns that Dataverse adds to a table by its kind; an export lists them with the others.

Source: the column reference of standard and elastic tables in Microsoft's table reference, for
elastic ones that of ``msdyn_timetracker``.
"""

from dataclasses import replace

from solution.generator.attributes import (
    SHOWN,
    USER_LOCAL,
    Attribute,
    Option,
    moment,
    text,
    whole_number,
)
from solution.model.tables import Kind, Ownership, Table

SMALLEST, GREATEST = -(2**31), 2**31 - 1
USER_TABLE, TEAM_TABLE = 8, 9
"""Whom a row can belong to, by the numbers that Dataverse gives its own tables."""


def system_columns(table: Table) -> list[Attribute]:
    """Return the columns that the table has without having asked for them."""
    columns = [_primary_key(table), *_history(), *_clocks()]
    columns += _owners() if table.ownership is Ownership.USER else [_organization()]
    columns += _elastic() if table.kind is Kind.ELASTIC else _states()
    return columns


def _primary_key(table: Table) -> Attribute:
    return Attribute(
        physical_name=f"{table.schema_name}Id",
        type="primarykey",
        label=table.label,
        description="The row's id.",
        level="systemrequired",
        mask="ValidForAdvancedFind|RequiredForGrid",
        custom=False,
        audited=False,
        updatable=False,
        level_can_change=False,
    )


def _kept(physical_name: str, label: str, description: str) -> Attribute:
    """Return a reference that Dataverse keeps and nobody else writes."""
    return Attribute(
        physical_name=physical_name,
        type="lookup",
        label=label,
        description=description,
        details=(("LookupStyle", "single"),),
        custom=False,
        audited=False,
        creatable=False,
        updatable=False,
        targets=(),
    )


def _when(physical_name: str, label: str, description: str) -> Attribute:
    return Attribute(
        physical_name=physical_name,
        type="datetime",
        label=label,
        description=description,
        details=moment("datetime", USER_LOCAL),
        ime="inactive",
        custom=False,
        audited=False,
        creatable=False,
        updatable=False,
    )


def _history() -> list[Attribute]:
    return [
        _kept("CreatedBy", "Created by", "Who created the row."),
        _when("CreatedOn", "Created on", "When the row was created."),
        _kept(
            "CreatedOnBehalfBy",
            "Created by (delegate)",
            "Which application created the row for somebody.",
        ),
        _kept("ModifiedBy", "Modified by", "Who changed the row last."),
        _when("ModifiedOn", "Modified on", "When the row was changed last."),
        _kept(
            "ModifiedOnBehalfBy",
            "Modified by (delegate)",
            "Which application changed the row last for somebody.",
        ),
        Attribute(
            physical_name="OverriddenCreatedOn",
            type="datetime",
            label="Record created on",
            description="When the row was brought over from another system.",
            details=moment("date", USER_LOCAL),
            mask="ValidForAdvancedFind|ValidForGrid",
            ime="inactive",
            custom=False,
            audited=False,
            updatable=False,
        ),
        Attribute(
            physical_name="ImportSequenceNumber",
            type="int",
            label="Import sequence number",
            description="Which import brought the row.",
            details=whole_number(SMALLEST, GREATEST),
            mask="ValidForAdvancedFind",
            ime="disabled",
            custom=False,
            audited=False,
            updatable=False,
        ),
    ]


def _clocks() -> list[Attribute]:
    return [
        _internal("TimeZoneRuleVersionNumber", "Time zone rule version number"),
        _internal("UTCConversionTimeZoneCode", "UTC conversion time zone code"),
    ]


def _internal(physical_name: str, label: str) -> Attribute:
    return Attribute(
        physical_name=physical_name,
        type="int",
        label=label,
        description="For internal use only.",
        details=whole_number(-1, GREATEST),
        mask=None,
        ime="disabled",
        custom=False,
        audited=False,
    )


def _owners() -> list[Attribute]:
    return [
        Attribute(
            physical_name="OwnerId",
            type="owner",
            label="Owner",
            description="Whom the row belongs to.",
            details=(("LookupStyle", "single"),),
            level="systemrequired",
            mask=f"{SHOWN}|RequiredForForm",
            custom=False,
            targets=(USER_TABLE, TEAM_TABLE),
        ),
        _kept("OwningBusinessUnit", "Owning business unit", "The owner's business unit."),
        _part_of_owner("OwningTeam", "Owning team", "The team that the row belongs to."),
        _part_of_owner("OwningUser", "Owning user", "The person that the row belongs to."),
    ]


def _part_of_owner(physical_name: str, label: str, description: str) -> Attribute:
    """Return a reference that is no column of its own but a reading of the owner."""
    return replace(_kept(physical_name, label, description), mask=None, logical=True)


def _organization() -> Attribute:
    return Attribute(
        physical_name="OrganizationId",
        type="lookup",
        label="Organization",
        description="The organization that the row belongs to.",
        mask=None,
        custom=False,
        audited=False,
        creatable=False,
        updatable=False,
        targets=(),
    )


def _elastic() -> list[Attribute]:
    return [
        Attribute(
            physical_name="PartitionId",
            type="nvarchar",
            label="Partition",
            description="Rows of one partition are kept together: here, those of a representative.",
            details=text(100),
            custom=False,
            audited=False,
        ),
        Attribute(
            physical_name="TTLInSeconds",
            type="int",
            label="Time to live (seconds)",
            description="How long after its last change the row disappears.",
            details=whole_number(1, GREATEST),
            ime="disabled",
            custom=False,
            audited=False,
        ),
    ]


def _states() -> list[Attribute]:
    return [
        Attribute(
            physical_name="statecode",
            type="state",
            label="Status",
            description="Whether the row counts.",
            level="systemrequired",
            custom=False,
            creatable=False,
            options=(
                Option(value=0, label="Active", belongs=1),
                Option(value=1, label="Inactive", belongs=2),
            ),
        ),
        Attribute(
            physical_name="statuscode",
            type="status",
            label="Status reason",
            description="Why the row has its status.",
            custom=False,
            options=(
                Option(value=1, label="Active", belongs=0),
                Option(value=2, label="Inactive", belongs=1),
            ),
        ),
    ]
