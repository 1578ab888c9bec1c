"""Serves the mock Dataverse with the seeded office: ``python -m tests.local_stack.office``.

Prints ``{"port": ...}`` when it serves and ends when its stdin does.
"""

import argparse
import os
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tests.local_stack.lifeline import announce, log_to_stderr, wait_for_parent
from tests.local_stack.office.clock import OfficeClock
from tests.local_stack.office.doorkeeper import Doorkeeper
from tests.local_stack.office.postman import delivering
from tests.local_stack.office.seeds import seed
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.server import serve

WEB_SERVERS = 10
"""Dataverse allows its requests to each user on each of an environment's web servers."""


def main() -> None:
    """Seed the mock, serve it, and end in an orderly way."""
    arguments = _arguments()
    log_to_stderr()
    clock = OfficeClock()
    doorkeeper = Doorkeeper(
        public_key=os.environ["LOCAL_STACK_PUBLIC_KEY"],
        issuer=arguments.issuer,
        audience=lambda: mock.base_url,
        service_user_id=lambda: mock.service_user_id,
    )
    mock = MockDataverse(clock=clock, authenticate=doorkeeper)
    mock.limits.requests *= WEB_SERVERS
    seed(mock, clock, today=datetime.now(UTC).date(), with_work=arguments.seed == "office")
    with serve(mock, arguments.port) as served, delivering(mock):
        announce(urlsplit(served.url).port or 0)
        wait_for_parent()
    mock.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.local_stack.office")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--seed", choices=("office", "empty"), default="office")
    parser.add_argument("--issuer", required=True, help="who signs the tokens")
    return parser.parse_args()


if __name__ == "__main__":
    main()
