"""``python -m bench``: measure, and print a table. Bounded: it takes about two minutes."""

from bench import calls, client, throughput, ticking
from bench.table import table


def main() -> None:
    lines = [*calls.measure(), *client.measure(), *throughput.measure(), *ticking.measure()]
    print(table(lines))


if __name__ == "__main__":
    main()
