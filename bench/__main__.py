"""``python -m bench``: measure, and print tables. Bounded: it takes about two minutes."""

from bench import calls, client, throughput, ticking
from bench.accuracy.figures import SEED, measure
from bench.accuracy.report import report
from bench.table import table


def main() -> None:
    print(report(measure(), seed=SEED), end="\n\n")
    lines = [*calls.measure(), *client.measure(), *throughput.measure(), *ticking.measure()]
    print(table(lines))


if __name__ == "__main__":
    main()
