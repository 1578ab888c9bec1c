"""Users, their business units and roles, as principals for the security checks."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from tests.mock_dataverse.builtin_tables import BUSINESS_UNIT as UNITS
from tests.mock_dataverse.builtin_tables import SYSTEM_USER as USERS
from tests.mock_dataverse.columns import Stored
from tests.mock_dataverse.errors import (
    CANNOT_ACT_ON_BEHALF,
    INVALID_ARGUMENT,
    NO_ROLES,
    NOT_A_MEMBER,
    USER_DISABLED,
    bad_request,
    forbidden,
    not_simulated,
)
from tests.mock_dataverse.platform_tables import ROLE, USER_ROLE
from tests.mock_dataverse.security import Caller, Grants, Principal, grants_of, union_of
from tests.mock_dataverse.store import Store


@dataclass(frozen=True, slots=True)
class User:
    """A person or application that can call."""

    systemuserid: UUID
    entra_object_id: UUID
    full_name: str


class People:
    """Who is who, and what their roles let them do."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._principals: dict[str, Principal] = {}
        self._callers: dict[tuple[str, str], Principal] = {}

    def forget(self) -> None:
        """Read units, users and roles anew: a row of theirs changed."""
        self._principals.clear()
        self._callers.clear()

    def caller(self, sender: UUID, *, object_id: str | None, user_id: str | None) -> Caller:
        """Return whom a request of ``sender`` acts as, by its impersonation headers.

        Raises:
            DataverseError: 403, the sender may not act, or not for others, or the other is none.
        """
        itself = self._able(USERS.primary_id, str(sender))
        if object_id and user_id:
            raise not_simulated("CallerObjectId and MSCRMCallerID at once")
        if not object_id and not user_id:
            return Caller(itself)
        if not itself.acts_on_behalf:
            raise forbidden(
                CANNOT_ACT_ON_BEHALF,
                f"User Id={sender} may not act on behalf of another user:"
                " prvActOnBehalfOfAnotherUser is missing.",
            )
        name = "azureactivedirectoryobjectid" if object_id else USERS.primary_id
        person = self._able(name, _guid(object_id or user_id or ""))
        return Caller(person) if person.user_id == sender else Caller(person, itself)

    def principal(self, user_id: str) -> Principal:
        if user_id not in self._principals:
            row = self._store.find(USERS, user_id)
            if row is None:
                raise KeyError(user_id)
            unit = str(row["businessunitid"])
            held = self._held(user_id)
            self._principals[user_id] = Principal(
                UUID(user_id),
                business_unit=unit,
                units_below=self._below(unit),
                privileges=union_of(held),
                everything=any(role.everything for role in held),
                acts_on_behalf=any(role.acts_on_behalf for role in held),
            )
        return self._principals[user_id]

    def _able(self, name: str, value: str) -> Principal:
        """Return the user whose column ``name`` has this value, if it may do anything at all."""
        if (name, value) in self._callers:
            return self._callers[name, value]
        sql = self._store.sql(USERS)
        row = next(iter(self._store.select(sa.select(sql).where(sql.c[name] == value))), None)
        if row is None:
            raise forbidden(NOT_A_MEMBER, f"The user {value} is not a member of the organization.")
        user_id = str(row["systemuserid"])
        if row["isdisabled"]:
            raise forbidden(USER_DISABLED, f"The user {user_id} is disabled.")
        if not self._held(user_id):
            raise forbidden(NO_ROLES, f"The user {user_id} has no security role.")
        self._callers[name, value] = self.principal(user_id)
        return self._callers[name, value]

    def _held(self, user_id: str) -> list[Grants]:
        roles, held = self._store.sql(ROLE), self._store.sql(USER_ROLE)
        rows = self._store.select(
            sa.select(roles.c.privileges, roles.c.roletemplateid)
            .join(held, held.c.roleid == roles.c.roleid)
            .where(held.c.systemuserid == user_id)
        )
        return [grants_of(str(row["privileges"]), _text(row["roletemplateid"])) for row in rows]

    def _below(self, unit: str) -> frozenset[str]:
        sql = self._store.sql(UNITS)
        parents = {
            str(row["businessunitid"]): row["parentbusinessunitid"]
            for row in self._store.select(sa.select(sql))
        }
        below: set[str] = set()
        frontier = {unit}
        while frontier:
            frontier = {child for child, parent in parents.items() if parent in frontier} - below
            below |= frontier
        return frozenset(below)


def _text(stored: Stored) -> str | None:
    return None if stored is None else str(stored)


def _guid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise bad_request(INVALID_ARGUMENT, "The impersonation header is no GUID.") from error
