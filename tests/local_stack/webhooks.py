"""Points the office's webhooks to the functions, as a deployment does."""

import json
import urllib.request

from solution.model.webhooks import ENDPOINT_ID, RECEIVER
from tests.local_stack.addresses import Addresses
from tests.local_stack.office.people import ERIK
from tests.local_stack.token_desk import ANSWER_SECONDS, DIRECTLY, TokenDesk


def connect_webhooks(addresses: Addresses, desk: TokenDesk, *, key: str) -> None:
    """Have Dataverse tell the functions what happens, with a key even if they ask for none."""
    endpoint = {"url": f"{addresses.api}/{RECEIVER}", "authvalue": key}
    call = urllib.request.Request(
        f"{addresses.dataverse}/serviceendpoints({ENDPOINT_ID})",
        data=json.dumps(endpoint).encode(),
        headers={
            "Authorization": f"Bearer {desk.dataverse_token(ERIK.alias)}",
            "Content-Type": "application/json",
        },
        method="PATCH",
    )
    with DIRECTLY.open(call, timeout=ANSWER_SECONDS):
        pass
