"""Webhooks: which steps hear of a change, and how they are told.

What happened waits here until a test asks for its delivery: real webhooks come after the change is
committed, in no order that one could count on.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from tests.mock_dataverse.execution_context import Happening, Image, body_of, headers_of
from tests.mock_dataverse.platform_tables import (
    MESSAGE,
    MESSAGE_FILTER,
    SERVICE_ENDPOINT,
    STEP,
    STEP_IMAGE,
)
from tests.mock_dataverse.store import Row

if TYPE_CHECKING:
    from tests.mock_dataverse.environment import Environment

ENABLED, ASYNCHRONOUS, AFTER = 0, 1, 40
WEBHOOK_KEY = 4
BEFORE = (0, 2)
"""Types of images that show a row as it was."""
TRIED_AGAIN = frozenset({502, 503, 504})
REGISTRATION = frozenset({STEP.storage, STEP_IMAGE.storage, SERVICE_ENDPOINT.storage})


@dataclass(frozen=True, slots=True)
class Webhook:
    """One request that Dataverse sends to an endpoint."""

    url: str
    headers: dict[str, str]
    body: bytes


Post = Callable[[Webhook], int]
"""Sends a request and returns the status of the answer."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A step that is listened for: its endpoint, the columns it waits for, and its images."""

    step: Row
    endpoint: Row
    images: tuple[Image, ...]

    def hears(self, happening: Happening) -> bool:
        columns = str(self.step["filteringattributes"] or "")
        return not columns or bool({*columns.split(",")} & happening.changes.keys())


class Webhooks:
    """What waits to be sent, in the order in which it happened."""

    def __init__(self) -> None:
        self._waiting: list[Webhook] = []
        self._known: dict[tuple[str, str], list[Registered]] = {}

    def take(self) -> list[Webhook]:
        """Return what waits; nobody else will send it."""
        taken, self._waiting = self._waiting, []
        return taken

    def tell(self, env: "Environment", happening: Happening) -> None:
        """Let the steps that are registered for it hear of what happened."""
        if happening.table.storage in REGISTRATION:
            self._known.clear()
        place = (happening.table.logical_name, happening.message)
        if place not in self._known:
            self._known[place] = list(_registered(env, *place))
        for each in self._known[place]:
            if each.hears(happening):
                body = body_of(
                    happening,
                    each.images,
                    step=each.step,
                    now=env.now,
                    name_of=env.name_of,
                )
                url = f"{each.endpoint['url']}{_key(each.endpoint)}"
                headers = headers_of(happening, body, host=env.base_url.partition("://")[2])
                self._waiting.append(Webhook(url, headers, body.text))

    @contextmanager
    def after_commit(self) -> Iterator[None]:
        """Forget what happened inside if it is rolled back."""
        position = len(self._waiting)
        try:
            yield
        except BaseException:
            del self._waiting[position:]
            self._known.clear()
            raise


def sent(webhooks: Iterable[Webhook], post: Post) -> list[int]:
    """Send webhooks and return how each was answered in the end.

    Only a gateway that does not answer gets a second chance.
    """
    return [
        post(webhook) if (status := post(webhook)) in TRIED_AGAIN else status
        for webhook in webhooks
    ]


def _registered(env: "Environment", table: str, message: str) -> Iterator[Registered]:
    steps, messages, filters = (env.store.sql(each) for each in (STEP, MESSAGE, MESSAGE_FILTER))
    named = sa.select(messages.c.sdkmessageid).where(messages.c.name == message)
    about = sa.select(filters.c.sdkmessagefilterid).where(filters.c.primaryobjecttypecode == table)
    heard = sa.select(steps).where(
        steps.c.statecode == ENABLED,
        steps.c.mode == ASYNCHRONOUS,
        steps.c.stage == AFTER,
        steps.c.sdkmessageid.in_(named),
        steps.c.sdkmessagefilterid.in_(about),
    )
    for step in env.store.select(heard):
        endpoint = env.store.find(SERVICE_ENDPOINT, str(step["eventhandler"]))
        if endpoint is not None:
            step_id = UUID(str(step["sdkmessageprocessingstepid"]))
            yield Registered(step, endpoint, tuple(_images(env, step_id)))


def _images(env: "Environment", step_id: UUID) -> Iterator[Image]:
    images = env.store.sql(STEP_IMAGE)
    of_step = images.c.sdkmessageprocessingstepid == str(step_id)
    for row in env.store.select(sa.select(images).where(of_step)):
        if row["imagetype"] in BEFORE:
            columns = frozenset(filter(None, str(row["attributes"] or "").split(",")))
            yield Image(str(row["entityalias"]), columns)


def _key(endpoint: Row) -> str:
    key = endpoint["authvalue"] if endpoint["authtype"] == WEBHOOK_KEY else None
    return "" if key is None else f"?code={key}"
