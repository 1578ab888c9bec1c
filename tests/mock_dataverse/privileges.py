"""The privileges on a table: their names, and the depths at which each can be given.

What a live environment offers for Dataverse's own tables is in ``facts/privileges.json``. A table
that is not there goes by its ownership, as tables do that somebody made.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from solution.model.roles import Access, Depth
from tests.mock_dataverse.tables import Ownership, Table

FACTS = json.loads((Path(__file__).parent / "facts" / "privileges.json").read_text("utf-8"))
NAMESPACE = UUID("0d8c5f0e-7a3b-4c57-9d0e-2b1f6a3c9e44")

PREFIXES = {
    Access.READ: "Read",
    Access.WRITE: "Write",
    Access.APPEND: "Append",
    Access.APPEND_TO: "AppendTo",
    Access.CREATE: "Create",
    Access.DELETE: "Delete",
    Access.SHARE: "Share",
    Access.ASSIGN: "Assign",
}
ACT_ON_BEHALF = "prvActOnBehalfOfAnotherUser"
DEPTH_NAMES = {
    Depth.USER: "Basic",
    Depth.BUSINESS_UNIT: "Local",
    Depth.BUSINESS_UNIT_AND_CHILDREN: "Deep",
    Depth.ORGANIZATION: "Global",
}
DEPTHS = {name: depth for depth, name in DEPTH_NAMES.items()}
LETTERS = {name[0]: depth for name, depth in DEPTHS.items()}
EVERY_DEPTH = frozenset(Depth)
ALL_OR_NOTHING = frozenset({Depth.ORGANIZATION})

PrivilegeKey = tuple[str, Access]
"""What a privilege is on, as its name says it, and what it allows."""


@dataclass(frozen=True, slots=True)
class Privilege:
    """A privilege that an environment has; ``key`` is None for one on no table."""

    name: str
    key: PrivilegeKey | None
    depths: frozenset[Depth]

    @property
    def id(self) -> UUID:
        return privilege_id(self.name)


def privilege_id(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


ACTING_ON_BEHALF = Privilege(ACT_ON_BEHALF, None, ALL_OR_NOTHING)


def privilege_name(table: Table, access: Access) -> str:
    return f"prv{PREFIXES[access]}{table.privilege_name}"


def privileges_on(table: Table) -> Iterator[Privilege]:
    """Yield what can be given on a table; activities of every kind have the same."""
    for access in PREFIXES:
        depths = _depths(table, access)
        if depths:
            key = (table.privilege_name, access)
            yield Privilege(privilege_name(table, access), key, depths)


def _depths(table: Table, access: Access) -> frozenset[Depth]:
    known = FACTS["depths"].get(table.privilege_name)
    if known is not None:
        return frozenset(LETTERS[letter] for letter in known.get(PREFIXES[access], ""))
    if table.ownership is not Ownership.USER:
        shared = access in (Access.ASSIGN, Access.SHARE)
        return frozenset() if shared else ALL_OR_NOTHING
    return frozenset() if access is Access.SHARE and table.elastic else EVERY_DEPTH


def depth_problem(privilege: Privilege, depth: Depth, role_id: UUID | str) -> str | None:
    """Return Dataverse's words if the privilege cannot be given so far, else None."""
    if depth in privilege.depths:
        return None
    words: str = FACTS["refusal"]["message"]
    return words.format(
        name=privilege.name, id=privilege.id, depth=DEPTH_NAMES[depth], role=role_id
    )
