"""Stage, webhook steps: which messages of which tables the endpoint hears."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from dataverse_client import (
    DataverseClient,
    Query,
    Row,
    RowNotFound,
    all_of,
    any_of,
    eq,
    link,
)
from solution.model.webhooks import ENDPOINT_ID, STEPS, Message, Step
from solution.tools.environment.deployment.images import (
    STEP_SET,
    register_image,
    registered_images,
    tells_what_was,
)
from solution.tools.environment.errors import Stopped
from solution.tools.environment.plans import Change, Plan
from solution.tools.environment.session import Session
from solution.tools.environment.surroundings import Surroundings
from solution.tools.environment.without_webhooks import instead_of

STATE = {"statecode": 0, "statuscode": 1}
COMMON = {
    "mode": 1,  # asynchronous: nobody waits for us
    "stage": 40,  # after the change is committed
    "rank": 1,
    "asyncautodelete": True,
}
BINDINGS = {
    "sdkmessageid": ("sdkmessageid", "sdkmessages"),
    "sdkmessagefilterid": ("sdkmessagefilterid", "sdkmessagefilters"),
    "eventhandler": ("eventhandler_serviceendpoint", "serviceendpoints"),
}
"""By the lookup's column: the property it is bound by, and the table it leads to."""

Order = tuple[str, Callable[[], None]]
"""What is to be done, said as an order, and how it is done."""


@dataclass(frozen=True, slots=True)
class Registration:
    """A step as its row should be: columns, and the ids that its lookups lead to."""

    columns: Mapping[str, Any]
    lookups: Mapping[str, UUID]

    def beyond(self, row: Row | None) -> "Registration":
        """Return the part of it that the row does not say yet."""
        if row is None:
            return self
        return Registration(
            {
                name: value
                for name, value in self.columns.items()
                if _comparable(name, row[name]) != _comparable(name, value)
            },
            {name: to for name, to in self.lookups.items() if row[f"_{name}_value"] != str(to)},
        )

    @property
    def names(self) -> list[str]:
        return [*self.columns, *self.lookups]

    @property
    def body(self) -> dict[str, Any]:
        bound = {BINDINGS[name]: to for name, to in self.lookups.items()}
        links = {f"{name}@odata.bind": link(table, to) for (name, table), to in bound.items()}
        return {**self.columns, **links}


def steps_plan(session: Session, wanted: Collection[Step], around: Surroundings) -> Plan:
    """Say which of the wanted steps are missing, switched off or other than they should be.

    Steps of ours that are not wanted are taken away. Where a step is not needed, nothing that
    Dataverse refuses or does not offer is more than a note.

    Raises:
        Stopped: a step that is needed is not offered.
    """
    dataverse = session.dataverse
    there, images = registered_steps(dataverse), registered_images(dataverse)
    changes, missing = [], []
    for step, registration in registrations(dataverse).items():
        row = there.get(step.id)
        if step not in wanted:
            changes += [_removal(dataverse, step)] if row else []
        elif registration is None:
            missing.append(step)
        else:
            refused = None if around.needs(step) else instead_of(step)
            orders = _orders(dataverse, step, registration, row, images)
            changes += [Change(text, apply, refused) for text, apply in orders]
    _require(step for step in missing if around.needs(step))
    return Plan(tuple(changes), tuple(not_offered(missing)))


def registered_steps(dataverse: DataverseClient) -> dict[UUID, Row]:
    """Return those of our steps that are there, by their id."""
    columns = ("name", "filteringattributes", *COMMON, *STATE)
    lookups = (f"_{name}_value" for name in BINDINGS)
    ours = any_of(*(eq("sdkmessageprocessingstepid", step.id) for step in STEPS))
    rows = dataverse.rows(Query(STEP_SET).select(*columns, *lookups).where(ours))
    return {UUID(row["sdkmessageprocessingstepid"]): row for row in rows}


def registrations(dataverse: DataverseClient) -> dict[Step, Registration | None]:
    """Return how each step should be registered; None where its message is not offered."""
    messages = _message_ids(dataverse)
    filters = _filter_ids(dataverse)
    found: dict[Step, Registration | None] = {}
    for step in STEPS:
        message = messages.get(step.message.value)
        offered = filters.get((step.table, message)) if message else None
        found[step] = _registration(step, message, offered) if message and offered else None
    return found


def message_of(step: Step) -> str:
    return f"{step.message.value} of {step.table}"


def not_offered(steps: Iterable[Step]) -> Iterator[str]:
    """Say which messages an environment does not offer, table by table, and what holds instead."""
    for table, of_table in groupby(steps, key=lambda step: step.table):
        missing = list(of_table)
        yield f"{_offers_none(table, missing)}; {instead_of(*missing)}"


def _require(missing: Iterable[Step]) -> None:
    faults = [
        f"{_offers_none(table, of_table)}, which is needed: ask Microsoft support why"
        for table, of_table in groupby(missing, key=lambda step: step.table)
    ]
    if faults:
        raise Stopped("; ".join([*faults, "nothing was changed"]))


def _offers_none(table: str, steps: Iterable[Step]) -> str:
    messages = ", ".join(step.message.value for step in steps)
    return f"this environment offers no {messages} of {table} to webhooks"


def _registration(step: Step, message: UUID, offered: UUID) -> Registration:
    columns = {"name": step.name, "filteringattributes": ",".join(step.columns) or None}
    lookups = {"sdkmessageid": message, "sdkmessagefilterid": offered, "eventhandler": ENDPOINT_ID}
    return Registration(columns | COMMON | STATE, lookups)


def _message_ids(dataverse: DataverseClient) -> dict[str, UUID]:
    ours = any_of(*(eq("name", message.value) for message in Message))
    wanted = all_of(ours, eq("isprivate", value=False))
    rows = dataverse.rows(Query("sdkmessages").select("sdkmessageid", "name").where(wanted))
    return {str(row["name"]): UUID(row["sdkmessageid"]) for row in rows}


def _filter_ids(dataverse: DataverseClient) -> dict[tuple[str, UUID], UUID]:
    """Return which messages are offered for our tables, by table and message.

    A filter is there for messages that take no custom step, too; Microsoft's own tools ask for both
    columns. Source: docs ``register-plug-in`` and ``event-framework``.
    """
    tables = sorted({step.table for step in STEPS})
    ours = any_of(*(eq("primaryobjecttypecode", table) for table in tables))
    allowed = (eq("iscustomprocessingstepallowed", value=True), eq("isvisible", value=True))
    query = (
        Query("sdkmessagefilters")
        .select("sdkmessagefilterid", "primaryobjecttypecode", "_sdkmessageid_value")
        .where(all_of(ours, *allowed))
    )
    return {
        (str(row["primaryobjecttypecode"]), UUID(row["_sdkmessageid_value"])): UUID(
            row["sdkmessagefilterid"]
        )
        for row in dataverse.rows(query)
    }


def _comparable(name: str, value: object) -> object:
    """Return a value as it can be compared: columns may be listed in any order."""
    if name != "filteringattributes":
        return value
    return frozenset(str(value or "").replace(" ", "").split(","))


def _orders(
    dataverse: DataverseClient,
    step: Step,
    registration: Registration,
    row: Row | None,
    images: Mapping[UUID, Row],
) -> Iterator[Order]:
    """Yield what makes a step what it should be."""
    what = f"the webhook step for {message_of(step)}"
    lacking = registration.beyond(row)

    def put() -> None:
        dataverse.merge_or_create(STEP_SET, step.id, lacking.body)

    def tell_what_was() -> None:
        register_image(dataverse, step)

    def create() -> None:
        put()
        if step.before:
            tell_what_was()

    if row is None:
        yield f"register {what}", create
        return
    if lacking.names:
        only_disabled = set(lacking.names) <= STATE.keys()
        names = ", ".join(lacking.names)
        yield (f"enable {what}" if only_disabled else f"correct {what}: {names}"), put
    if not tells_what_was(step, images):
        yield f"have {what} tell what was: {', '.join(step.before)}", tell_what_was


def _removal(dataverse: DataverseClient, step: Step) -> Change:
    def remove() -> None:
        # A lost answer is asked for again, and then meets its own work.
        with suppress(RowNotFound):
            dataverse.delete(STEP_SET, step.id)

    text = f"take away the webhook step for {message_of(step)}"
    return Change(text, remove, "it stays, and each change that it tells of costs a system job")
