"""Stage, webhook endpoint: where Dataverse tells the functions what happens, and with which key."""

from typing import Any

from dataverse_client import DataverseClient, Query, Row, eq
from solution.model.webhooks import ENDPOINT_ID, ENDPOINT_NAME
from solution.tools.environment.deployment.target import Target
from solution.tools.environment.errors import BadOption
from solution.tools.environment.options import WEBHOOK_KEY
from solution.tools.environment.plans import Change, Plan
from solution.tools.environment.session import Session
from solution.tools.environment.surroundings import Surroundings

ENDPOINTS = "serviceendpoints"
ENDPOINT = {
    "name": ENDPOINT_NAME,
    "contract": 8,  # a webhook
    "authtype": 4,  # called with ?code=KEY, as Azure Functions want it
    "messageformat": 2,  # JSON
}
WHEN_NEW = {"connectionmode": 1, "userclaim": 1}
"""Means nothing for a webhook, so it is given and never compared."""
HAS_KEY = "isauthvalueset"
SOUGHT = (
    Query(ENDPOINTS).select(*ENDPOINT, "url", HAS_KEY).where(eq("serviceendpointid", ENDPOINT_ID))
)


def endpoint_plan(
    session: Session, target: Target, around: Surroundings, *, after_import: bool
) -> Plan:
    """Say how the endpoint differs from what it should be.

    The key can be written and not read. It is set when there is none, when the address changes
    (a key belongs to an address), when that is asked for, and after every import: what an import
    does to a key that no file holds is published nowhere.

    Raises:
        BadOption: a key is needed, and nobody said it.
    """
    there = endpoint_row(session.dataverse)
    wanted: dict[str, Any] = ENDPOINT | {"url": target.receiver_url}
    changes = {name: value for name, value in wanted.items() if there.get(name) != value}
    texts = []
    if not there:
        changes |= WHEN_NEW
        texts.append(f"create the webhook endpoint for {target.receiver_url}")
    elif "url" in changes:
        texts.append(f"point the webhook endpoint to {target.receiver_url}")
    elif changes:
        texts.append(f"correct the webhook endpoint: {', '.join(changes)}")
    if "url" in changes or target.renews_key or after_import or not there.get(HAS_KEY):
        if not target.webhook_key:
            raise BadOption(f"{WEBHOOK_KEY} is not set, and the webhook endpoint needs a key")
        texts.append("set the key of the webhook endpoint")
        changes["authvalue"] = target.webhook_key
    if not changes:
        return Plan()

    def put() -> None:
        # In one request, so that no address is ever called with the key of another.
        session.dataverse.merge_or_create(ENDPOINTS, ENDPOINT_ID, changes)

    change = Change(", ".join(texts), put, around.without_webhooks)
    return Plan((change,), sets_key="authvalue" in changes)


def endpoint_row(dataverse: DataverseClient) -> Row:
    """Return the endpoint as it is there; nothing of it when it is not."""
    return next(dataverse.rows(SOUGHT), {})
