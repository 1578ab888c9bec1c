"""``python -m tests.mock_dataverse --port 0``: an environment without rows on 127.0.0.1."""

import argparse
import signal
import threading

from tests.mock_dataverse.app import ADMIN_TOKEN, DEFAULT_TOKEN, MockDataverse
from tests.mock_dataverse.server import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mock_dataverse")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--database", default=":memory:", help="a file that SQLite keeps")
    parser.add_argument(
        "--without-solution", action="store_true", help="an environment to import it into"
    )
    arguments = parser.parse_args()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    installed = not arguments.without_solution
    mock = MockDataverse(database=arguments.database, installed=installed)
    with serve(mock, arguments.port) as served:
        tokens = [*([DEFAULT_TOKEN] if installed else []), ADMIN_TOKEN]
        print(f"{served.url}/api/data/v9.2/ (tokens: {', '.join(tokens)})", flush=True)
        stopped.wait()
    mock.close()


if __name__ == "__main__":
    main()
