"""What a table is, and the columns Dataverse adds to every table of a kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from tests.mock_dataverse.columns import WHOLE_MAX, WHOLE_MIN, Column, Kind, Level


class Ownership(Enum):
    """Whom rows belong to: a user, a business unit, or the organization."""

    USER = "user"
    ORGANIZATION = "organization"
    BUSINESS = "business unit"


class Writes(Enum):
    """What the Web API lets be done to rows, as far as the mock goes."""

    ALL = "all"
    UPDATES = "updates; creating and deleting are not simulated"
    NOT_SIMULATED = "none; the product may know some"
    REFUSED = "none, as the product says"


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """The states of a table, the statuses of each and the one a state starts with."""

    labels: dict[int, str]
    statuses: dict[int, dict[int, str]]

    def default_status(self, state: int) -> int:
        return next(iter(self.statuses[state]))

    def state_of(self, status: int) -> int | None:
        return next((state for state, known in self.statuses.items() if status in known), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A one-to-many navigation property: the rows of ``table`` whose ``lookup`` names us."""

    table: str
    lookup: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An alternate key: columns that together name at most one row."""

    schema_name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalChoice:
    """Options that columns of several tables share."""

    name: str
    label: str
    labels: dict[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Custom:
    """What is known of tables that somebody made, and not of Dataverse's own."""

    audited: bool
    change_tracked: bool
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table as the Web API sees it.

    Activities share one ``storage``: a task is a row of it with ``discriminator`` ``task``, and
    activitypointer sees them all. They also share their privileges: ``privilege_name`` is what
    stands behind ``prvRead``.

    A ``layered`` table has two layers: what was written last, and what was published of it.
    """

    schema_name: str
    entity_set: str
    label: str
    primary_id: str
    primary_name: str
    columns: dict[str, Column]
    elastic: bool = False
    ownership: Ownership = Ownership.USER
    storage: str
    discriminator: str | None = None
    privilege_name: str
    writes: Writes = Writes.ALL
    layered: bool = False
    states: States | None = None
    collections: dict[str, Collection] = field(default_factory=dict)
    custom: Custom | None = None

    @cached_property
    def logical_name(self) -> str:
        return self.schema_name.lower()

    def with_more(self, columns: dict[str, Column]) -> "Table":
        """Return the table with these columns too, where it has none of their name."""
        return replace(self, columns=columns | self.columns)

    @cached_property
    def wire_columns(self) -> dict[str, Column]:
        return {column.wire_name: column for column in self.columns.values() if column.readable}

    @cached_property
    def navigations(self) -> dict[str, tuple[Column, str]]:
        """Each single-valued navigation property: its column and the table it leads to."""
        return {
            navigation: (column, target)
            for column in self.columns.values()
            if not column.internal
            for navigation, target in column.targets.items()
        }


def guid(name: str, *, updatable: bool = False) -> Column:
    return Column(name=name, kind=Kind.GUID, updatable=updatable)


def text(name: str, max_length: int = 200, *, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.TEXT, max_length=max_length, level=_level(required=required))


def memo(name: str, max_length: int = 2000) -> Column:
    return Column(name=name, kind=Kind.TEXT, max_length=max_length, memo=True)


def type_code(name: str, *, required: bool = False) -> Column:
    """Return a column that names a table by its logical name."""
    return replace(text(name, 64, required=required), entity_name=True)


def whole(
    name: str, minimum: int = 0, maximum: int = WHOLE_MAX, *, required: bool = False
) -> Column:
    return Column(
        name=name,
        kind=Kind.WHOLE,
        minimum=minimum,
        maximum=maximum,
        level=_level(required=required),
    )


def choice(name: str, labels: dict[int, str], *, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.CHOICE, labels=labels, level=_level(required=required))


def yes_no(name: str, *, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.BOOLEAN, level=_level(required=required))


def moment(name: str) -> Column:
    return Column(name=name, kind=Kind.MOMENT)


def lookup(name: str, *targets: str, required: bool = False) -> Column:
    """Return a lookup to one or several tables; with several, each is bound by ``name_table``."""
    several = len(targets) > 1
    navigations = {f"{name}_{table}" if several else name: table for table in targets}
    return Column(name=name, kind=Kind.LOOKUP, targets=navigations, level=_level(required=required))


def _level(*, required: bool) -> Level:
    return Level.SYSTEM if required else Level.NONE


def wanted(column: Column) -> Column:
    """Let forms ask for the column; the server takes a row without it."""
    return replace(column, level=Level.APPLICATION)


def read_only(column: Column) -> Column:
    return replace(column, creatable=False, updatable=False)


def create_only(column: Column) -> Column:
    return replace(column, updatable=False)


def internal(column: Column) -> Column:
    """Keep a column for the mock itself: the Web API knows none of its name."""
    return replace(read_only(column), readable=False)


IMPORTED = ("overriddencreatedon", "importsequencenumber")
STAMPS = (
    "createdon",
    "modifiedon",
    "createdby",
    "modifiedby",
    "createdonbehalfby",
    "modifiedonbehalfby",
)


def system_columns(
    ownership: Ownership,
    *,
    elastic: bool,
    navigation: str = "{}",
    without: Iterable[str] = (),
) -> list[Column]:
    """Return what tables have: who, when, which version, whose.

    Args:
        ownership: what the table's rows belong to.
        elastic: whether it is an elastic table.
        navigation: how its lookups are bound, made of the column's name.
        without: what of all this a table of Dataverse's own lacks.
    """

    def led_by(name: str, table: str) -> Column:
        return Column(name=name, kind=Kind.LOOKUP, targets={navigation.format(name): table})

    columns = [
        read_only(moment("createdon")),
        read_only(moment("modifiedon")),
        *(read_only(led_by(name, "systemuser")) for name in STAMPS if "by" in name),
        read_only(Column(name="versionnumber", kind=Kind.BIG, minimum=0, maximum=2**63 - 1)),
        create_only(moment("overriddencreatedon")),
        create_only(whole("importsequencenumber", WHOLE_MIN)),
    ]
    if ownership is Ownership.USER:
        columns += [
            replace(led_by("ownerid", "systemuser"), level=Level.SYSTEM),
            read_only(led_by("owningbusinessunit", "businessunit")),
            read_only(led_by("owninguser", "systemuser")),
        ]
    if elastic:
        columns += [
            Column(name="partitionid", kind=Kind.TEXT, max_length=100, updatable=False),
            Column(name="ttlinseconds", kind=Kind.WHOLE, minimum=1),
        ]
    lacking = frozenset(without)
    return [internal(column) if column.name in lacking else column for column in columns]


def state_columns(states: States) -> list[Column]:
    """Return state and status; a row starts in the first state, so a create cannot name one."""
    statuses = {code: text for known in states.statuses.values() for code, text in known.items()}
    state = replace(choice("statecode", states.labels, required=True), creatable=False)
    return [state, choice("statuscode", statuses)]


CUSTOM_STATES = States(
    labels={0: "Active", 1: "Inactive"}, statuses={0: {1: "Active"}, 1: {2: "Inactive"}}
)


def custom_table(
    *,
    schema_name: str,
    entity_set: str,
    label: str,
    primary_name: str,
    own: list[Column],
    ownership: Ownership,
    elastic: bool,
    custom: Custom,
) -> Table:
    """Return a table somebody made, with the columns Dataverse adds to it."""
    logical_name = schema_name.lower()
    states = None if elastic else CUSTOM_STATES
    every = [
        guid(f"{logical_name}id"),
        *own,
        *system_columns(ownership, elastic=elastic),
        *(state_columns(states) if states else ()),
    ]
    return Table(
        schema_name=schema_name,
        entity_set=entity_set,
        label=label,
        primary_id=f"{logical_name}id",
        primary_name=primary_name,
        columns={column.name: column for column in every},
        elastic=elastic,
        ownership=ownership,
        storage=logical_name,
        privilege_name=schema_name,
        states=states,
        custom=custom,
    )
