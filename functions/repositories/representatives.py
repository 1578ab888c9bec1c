"""Representatives: users of the environment, found by the object id of their sign-in."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import Field

from dataverse_client import Query, Row, any_of, eq, one_of
from functions.repositories.columns import RowModel
from functions.timekeeping.errors import NotARepresentative
from functions.timekeeping.identifiers import RepresentativeId
from functions.usecases.show_history import Person

K = TypeVar("K")
V = TypeVar("V")

ENTITY_SET = "systemusers"
REMEMBERED_SECONDS = 3600
MOST_REMEMBERED = 10_000


class SignInRow(RowModel):
    """A user and how she signs in."""

    id: UUID = Field(alias="systemuserid")
    entra_object_id: UUID | None = Field(alias="azureactivedirectoryobjectid")


class UserRow(SignInRow):
    """A user, and whether they may sign in at all."""

    disabled: bool | None = Field(alias="isdisabled")


class PersonRow(RowModel):
    """A user as people know her."""

    id: UUID = Field(alias="systemuserid")
    name: str | None = Field(alias="fullname")
    image_path: str | None = Field(alias="entityimage_url")


def with_sign_in(entra_object_id: UUID) -> Query:
    return (
        Query(ENTITY_SET)
        .select(*UserRow.columns())
        .where(eq("azureactivedirectoryobjectid", entra_object_id))
    )


def the_one(rows: Iterable[Row]) -> RepresentativeId:
    """Return the enabled user among the rows.

    Raises:
        NotARepresentative: there is none.
    """
    user = first_enabled(rows)
    if user is None:
        raise NotARepresentative("not an enabled user of this environment")
    return RepresentativeId(user.id)


def by_either_id(named: UUID) -> Query:
    """Ask for a user by their own id or by that of their sign-in."""
    either = any_of(eq("systemuserid", named), eq("azureactivedirectoryobjectid", named))
    return Query(ENTITY_SET).select(*UserRow.columns()).where(either)


def first_enabled(rows: Iterable[Row]) -> UserRow | None:
    return next((row for row in map(UserRow.model_validate, rows) if not row.disabled), None)


def with_ids(representatives: Iterable[RepresentativeId]) -> Query:
    return (
        Query(ENTITY_SET)
        .select(*SignInRow.columns())
        .where(one_of("systemuserid", representatives))
    )


def to_sign_ins(rows: Iterable[Row]) -> Mapping[RepresentativeId, UUID | None]:
    found = map(SignInRow.model_validate, rows)
    return {RepresentativeId(row.id): row.entra_object_id for row in found}


def named(representatives: Iterable[RepresentativeId]) -> Query:
    return (
        Query(ENTITY_SET)
        .select(*PersonRow.columns())
        .where(one_of("systemuserid", representatives))
    )


def people(rows: Iterable[Row]) -> Mapping[RepresentativeId, Person]:
    found = map(PersonRow.model_validate, rows)
    return {
        RepresentativeId(row.id): Person(name=row.name or "", image_path=row.image_path)
        for row in found
    }


class Remembered(Generic[K, V]):
    """What was found, shared by all calls of a process; forgotten after an hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: OrderedDict[K, tuple[V, float]] = OrderedDict()

    def get(self, key: K) -> V | None:
        with self._lock:
            value, since = self._known.get(key, (None, 0.0))
            return value if self._clock() - since < REMEMBERED_SECONDS else None

    def keep(self, key: K, value: V) -> None:
        with self._lock:
            self._known[key] = (value, self._clock())
            self._known.move_to_end(key)
            if len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)


class KnownRepresentatives(Remembered[UUID, RepresentativeId]):
    """Who is who: a sign-in keeps its user.

    An hour later a disabled user is noticed; Dataverse refuses to act for her anyway.
    """


class KnownPeople(Remembered[RepresentativeId, Person]):
    """Names and faces. An hour later a new one is seen."""
