"""``python -m bench``: measure, and print tables. Bounded: it takes about four minutes."""

from bench import calls, client, reconciliation, throughput, ticking
from bench.accuracy.figures import SEED, measure
from bench.accuracy.report import report
from bench.shift import report as shift
from bench.table import table


def main() -> None:
    print(report(measure(), seed=SEED), end="\n\n")
    measured = (calls, client, reconciliation, shift, throughput, ticking)
    print(table([line for each in measured for line in each.measure()]))


if __name__ == "__main__":
    main()
