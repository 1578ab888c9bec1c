"""Stage, webhook steps: which messages of which tables the endpoint hears."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dataverse_client import DataverseClient, Query, Row, any_of, eq, link
from solution.model.webhooks import ENDPOINT_ID, STEPS, Message, Step
from solution.tools.environment.deployment.images import (
    STEP_SET,
    register_image,
    registered_images,
    tells_what_was,
)
from solution.tools.environment.plans import Ahead, Change, Plan
from solution.tools.environment.session import Session

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


def steps_plan(session: Session, ahead: Ahead) -> Plan:
    """Say which steps are missing, switched off or other than they should be.

    A message that this environment does not offer for a table is told, and nothing worse: what it
    would have said is found out later, by reconciliation or when the settings are read again.
    """
    dataverse = session.dataverse
    there, images = registered_steps(dataverse), registered_images(dataverse)
    brought = ahead.package.step_ids if ahead.package else frozenset()
    changes, notes = [], []
    for step, registration in registrations(dataverse).items():
        if registration is None:
            notes.append(f"this environment offers no {message_of(step)} to webhooks")
            continue
        if step.id in brought:
            continue
        lacking = registration.beyond(there.get(step.id))
        if lacking.names:
            changes.append(_change(session, step, lacking, is_new=step.id not in there))
        if not tells_what_was(step, images):
            changes.append(_image_change(session, step))
    return Plan(tuple(changes), tuple(notes))


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


def _registration(step: Step, message: UUID, offered: UUID) -> Registration:
    columns = {"name": step.name, "filteringattributes": ",".join(step.columns) or None}
    lookups = {"sdkmessageid": message, "sdkmessagefilterid": offered, "eventhandler": ENDPOINT_ID}
    return Registration(columns | COMMON | STATE, lookups)


def _message_ids(dataverse: DataverseClient) -> dict[str, UUID]:
    wanted = any_of(*(eq("name", message.value) for message in Message))
    rows = dataverse.rows(Query("sdkmessages").select("sdkmessageid", "name").where(wanted))
    return {str(row["name"]): UUID(row["sdkmessageid"]) for row in rows}


def _filter_ids(dataverse: DataverseClient) -> dict[tuple[str, UUID], UUID]:
    """Return which messages are offered for our tables, by table and message."""
    tables = sorted({step.table for step in STEPS})
    query = (
        Query("sdkmessagefilters")
        .select("sdkmessagefilterid", "primaryobjecttypecode", "_sdkmessageid_value")
        .where(any_of(*(eq("primaryobjecttypecode", table) for table in tables)))
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


def _change(session: Session, step: Step, lacking: Registration, *, is_new: bool) -> Change:
    what = f"the webhook step for {message_of(step)}"
    if is_new:
        text = f"register {what}"
    elif set(lacking.names) <= STATE.keys():
        text = f"enable {what}"
    else:
        text = f"correct {what}: {', '.join(lacking.names)}"
    return Change(text, lambda: session.dataverse.merge_or_create(STEP_SET, step.id, lacking.body))


def _image_change(session: Session, step: Step) -> Change:
    text = f"have the webhook step for {message_of(step)} tell what was: {', '.join(step.before)}"
    return Change(text, lambda: register_image(session.dataverse, step))
