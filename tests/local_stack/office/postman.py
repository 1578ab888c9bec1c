"""Delivers the office's webhooks while the stack runs, as Dataverse's asynchronous service does."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.local_stack.http_client import over_http
from tests.local_stack.http_messages import Request
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.webhooks import Webhook

ROUND_SECONDS = 0.2
NOWHERE = ".invalid"
"""Where an endpoint leads that nobody has pointed to the functions yet."""
FAILED = 400

log = logging.getLogger(__name__)


@contextmanager
def delivering(mock: MockDataverse) -> Iterator[None]:
    """Deliver webhooks until the block ends; what waits then is lost."""
    over = threading.Event()

    def go_round() -> None:
        while not over.wait(ROUND_SECONDS):
            mock.deliver_webhooks(post)

    thread = threading.Thread(target=go_round, name="postman", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def post(webhook: Webhook) -> int:
    """Send a webhook and return the status; one that leads nowhere fails without being sent."""
    parts = urlsplit(webhook.url)
    if (parts.hostname or "").endswith(NOWHERE):
        return FAILED
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    request = Request(method="POST", target=target, headers=webhook.headers, body=webhook.body)
    status = over_http(f"{parts.scheme}://{parts.netloc}")(request).status
    if status >= FAILED:
        log.warning("a webhook was answered with %d", status)
    return status
