"""``python -m tests.mock_dataverse --port 0``: an empty environment on 127.0.0.1."""

import argparse
import signal
import threading

from tests.mock_dataverse.app import DEFAULT_TOKEN, MockDataverse
from tests.mock_dataverse.server import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mock_dataverse")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--database", default=":memory:", help="a file that SQLite keeps")
    arguments = parser.parse_args()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    mock = MockDataverse(database=arguments.database)
    with serve(mock, arguments.port) as served:
        print(f"{served.url}/api/data/v9.2/ (token: {DEFAULT_TOKEN})", flush=True)
        stopped.wait()
    mock.close()


if __name__ == "__main__":
    main()
