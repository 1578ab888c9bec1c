"""``python -m bench``: measure, and print a table. Bounded: it takes about a minute."""

from bench import calls, client, throughput
from bench.table import table


def main() -> None:
    lines = [*calls.measure(), *client.measure(), *throughput.measure()]
    print(table(lines))


if __name__ == "__main__":
    main()
