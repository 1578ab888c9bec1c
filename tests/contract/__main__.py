"""Put the contract to the mock as if it were a real environment: ``python -m tests.contract``.

It stands in for one, over HTTP on this machine, so that the way there is known to work before
somebody has a tenant. Words after the command are for pytest.
"""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.contract.live import VARIABLES
from tests.mock_dataverse.app import ADMIN_TOKEN, DEFAULT_TOKEN, MockDataverse
from tests.mock_dataverse.server import serve

HERE = Path(__file__).parent


def main(words: list[str]) -> int:
    mock = MockDataverse()
    ann, ben = mock.add_user("Ann Bell"), mock.add_user("Ben Cole")
    with serve(mock) as served:
        people = (str(ann.entra_object_id), str(ben.entra_object_id))
        values = (served.url, DEFAULT_TOKEN, ADMIN_TOKEN, *people)
        names = dict(zip(VARIABLES, values, strict=True))
        command = [sys.executable, "-m", "pytest", "--live", *words, *where(words)]
        before = rows(mock)
        code = subprocess.run(command, env={**os.environ, **names}, check=False).returncode
        left = {table: more for table, more in (rows(mock) - before).items() if more}
    mock.close()
    print(f"left behind: {left or 'nothing'}")
    return code or int(bool(left))


def where(words: list[str]) -> list[str]:
    """Return the folder of the contract, unless the words name files."""
    return [] if any(Path(word.partition("::")[0]).exists() for word in words) else [str(HERE)]


def rows(mock: MockDataverse) -> Counter[str]:
    """Return how many rows each table has."""
    return Counter({name: len(mock.rows(name)) for name in mock.env.schema.tables})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
