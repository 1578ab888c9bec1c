"""The mock Dataverse with the office's cases and more people: a process that nobody kills.

Prints ``{"port": ...}`` when it serves and ends when its stdin does.
"""

import logging
import os
import sys
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tests.local_stack.lifeline import announce, wait_for_parent
from tests.local_stack.office.clock import OfficeClock
from tests.local_stack.office.doorkeeper import Doorkeeper
from tests.local_stack.office.postman import delivering
from tests.local_stack.office.seeds import seed
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.server import serve
from tests.real_queues.endurance.people import PEOPLE

MANY = 1_000_000


def main(issuer: str) -> None:
    logging.basicConfig(level=logging.ERROR)  # that webhooks find nobody is part of it
    clock = OfficeClock()
    doorkeeper = Doorkeeper(
        public_key=os.environ["LOCAL_STACK_PUBLIC_KEY"],
        issuer=issuer,
        audience=lambda: mock.base_url,
        service_user_id=lambda: mock.service_user_id,
    )
    mock = MockDataverse(clock=clock, authenticate=doorkeeper)
    # It refuses only what it is told to refuse.
    mock.limits.requests = mock.limits.concurrent = MANY
    mock.limits.execution_ms = float("inf")
    seed(mock, clock, today=datetime.now(UTC).date(), with_work=False)
    for person in PEOPLE:
        mock.add_user(
            person.full_name,
            roles=person.roles,
            systemuserid=person.systemuserid,
            entra_object_id=person.entra_object_id,
        )
    with serve(mock) as served, delivering(mock):
        announce(urlsplit(served.url).port or 0)
        wait_for_parent()
    mock.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
