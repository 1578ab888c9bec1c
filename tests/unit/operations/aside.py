"""Messages that were put aside, in one line."""

from functions.contracts.poison import PutAside, put_aside
from tests.builders import NOON

CASES = '{"kind":"cases","cases":["5c0e7f3a-0000-4000-8000-000000000001"]}'
UNAVAILABLE = "StorageUnavailable: POST batch: 503"


def aside(message: str = CASES, *, reason: str = UNAVAILABLE, deliveries: int = 576) -> str:
    return put_aside(
        PutAside.model_construct(
            message=message, reason=reason, deliveries=deliveries, failed_at=NOON
        )
    )
