"""The columns of a table as ``<attribute>`` elements: the model's own, one shape for all."""

from dataclasses import dataclass

from solution.generator.elements import (
    FIRST_VERSION,
    descriptions,
    element,
    label_list,
    leaves,
    translated,
)
from solution.model.columns import (
    Choice,
    Column,
    DateOnly,
    DateTime,
    Lookup,
    Text,
    WholeNumber,
)
from solution.model.tables import Table
from solution.tools.packing.documents import Element

SHOWN = "ValidForAdvancedFind|ValidForForm|ValidForGrid"
USER_LOCAL, DATE_ONLY = "1", "2"
"""How a moment is shown: in the reader's time zone, or as the day that was written."""
LONGEST_LINE = 200
"""Characters: a longer text gets several lines on a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value of a state or of a status reason; ``belongs`` says to which other value."""

    value: int
    label: str
    belongs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A column with all that an export says of it.

    ``details`` come after what all columns have, by their type: formats, lengths, bounds.
    """

    physical_name: str
    type: str
    label: str
    description: str
    details: tuple[tuple[str, str], ...] = ()
    level: str = "none"
    mask: str | None = SHOWN
    ime: str = "auto"
    custom: bool = True
    audited: bool = True
    creatable: bool = True
    updatable: bool = True
    logical: bool = False
    searchable: bool = False
    level_can_change: bool = True
    targets: tuple[int, ...] | None = None
    options: tuple[Option, ...] = ()

    @property
    def logical_name(self) -> str:
        return self.physical_name.lower()


def of_column(column: Column, table: Table) -> Attribute:
    """Return a column of the model."""
    kind, ime, details, targets = _typed(column)
    primary = column.logical_name == table.primary_name
    masks = ("PrimaryName",) * primary + (SHOWN,) + ("RequiredForForm",) * column.required
    return Attribute(
        physical_name=column.schema_name,
        type=kind,
        label=column.label,
        description=column.description,
        details=details,
        level="required" if column.required else "none",
        mask="|".join(masks),
        ime=ime,
        searchable=primary,
        targets=targets,
    )


Typed = tuple[str, str, tuple[tuple[str, str], ...], tuple[int, ...] | None]


def _typed(column: Column) -> Typed:
    """Return the type's name, how it is typed in, its details, and whom it can refer to."""
    match column:
        case Text(max_length=most):
            return "nvarchar", "auto", text(most), None
        case WholeNumber(minimum=low, maximum=high):
            return "int", "disabled", whole_number(low, high), None
        case Choice(options=options):
            chosen = (("AppDefaultValue", "-1"), ("OptionSetName", options.name))
            return "picklist", "auto", chosen, None
        case DateTime():
            return "datetime", "inactive", moment("datetime", USER_LOCAL), None
        case DateOnly():
            return "datetime", "inactive", moment("date", DATE_ONLY), None
        case Lookup():
            return "lookup", "auto", (("LookupStyle", "single"),), ()
        case _:
            raise TypeError(f"no file says how to write a {type(column).__name__}")


def text(most: int) -> tuple[tuple[str, str], ...]:
    shape = "text" if most <= LONGEST_LINE else "textarea"
    return (("Format", shape), ("MaxLength", str(most)), ("Length", str(2 * most)))


def whole_number(low: int, high: int) -> tuple[tuple[str, str], ...]:
    return (("Format", ""), ("MinValue", str(low)), ("MaxValue", str(high)))


def moment(shape: str, behavior: str) -> tuple[tuple[str, str], ...]:
    return (("Format", shape), ("CanChangeDateTimeBehavior", "0"), ("Behavior", behavior))


def written(attribute: Attribute, table: Table) -> Element:
    """Return the element: what all columns have, then what the type adds, then the texts."""
    return element(
        "attribute",
        *_common(attribute),
        *(element(tag, value) for tag, value in attribute.details),
        *_targets(attribute),
        *_options(attribute, table),
        translated("displaynames", "displayname", attribute.label),
        descriptions(attribute.description),
        PhysicalName=attribute.physical_name,
    )


def _common(attribute: Attribute) -> list[Element]:
    name = attribute.logical_name
    mask = {"DisplayMask": attribute.mask} if attribute.mask else {}
    logical = {"IsLogical": 1} if attribute.logical else {}
    return leaves(
        Type=attribute.type,
        Name=name,
        LogicalName=name,
        RequiredLevel=attribute.level,
        **mask,
        ImeMode=attribute.ime,
        ValidForUpdateApi=int(attribute.updatable),
        ValidForReadApi=1,
        ValidForCreateApi=int(attribute.creatable),
        IsCustomField=int(attribute.custom),
        IsAuditEnabled=int(attribute.audited),
        **logical,
        IsSecured=0,
        IntroducedVersion=FIRST_VERSION,
        IsCustomizable=1,
        IsRenameable=1,
        CanModifySearchSettings=1,
        CanModifyRequirementLevelSettings=int(attribute.level_can_change),
        CanModifyAdditionalSettings=1,
        SourceType=0,
        IsGlobalFilterEnabled=0,
        IsSortableEnabled=0,
        CanModifyGlobalFilterSettings=1,
        CanModifyIsSortableSettings=1,
        IsDataSourceSecret=0,
        AutoNumberFormat="",
        IsSearchable=int(attribute.searchable),
        IsFilterable=0,
        IsRetrievable=int(attribute.searchable),
        IsLocalizable=0,
    )


def _targets(attribute: Attribute) -> list[Element]:
    """Return the tables by number, which only an owner names; others have a relationship."""
    if attribute.targets is None:
        return []
    nobody = "00000000-0000-0000-0000-000000000000"
    kinds = (element("LookupType", str(number), id=nobody) for number in attribute.targets)
    return [element("LookupTypes", *kinds)]


def _options(attribute: Attribute, table: Table) -> list[Element]:
    if not attribute.options:
        return []
    return [
        element(
            "optionset",
            *leaves(
                OptionSetType=attribute.type, IntroducedVersion=FIRST_VERSION, IsCustomizable=1
            ),
            translated("displaynames", "displayname", attribute.label),
            descriptions(attribute.description),
            _states(attribute.options) if attribute.type == "state" else _statuses(attribute),
            Name=f"{table.logical_name}_{attribute.logical_name}",
        )
    ]


def _states(options: tuple[Option, ...]) -> Element:
    return element(
        "states",
        *(
            element(
                "state",
                label_list(option.label),
                value=str(option.value),
                defaultstatus=str(option.belongs),
                invariantname=option.label,
            )
            for option in options
        ),
    )


def _statuses(attribute: Attribute) -> Element:
    return element(
        "statuses",
        *(
            element(
                "status",
                label_list(option.label),
                value=str(option.value),
                state=str(option.belongs),
            )
            for option in attribute.options
        ),
    )
