"""``python -m bench.accuracy``: count made-up days in every way, and print how far each is off."""

import argparse

from bench.accuracy.chart import PICTURE, chart
from bench.accuracy.figures import DAYS, SEED, measure
from bench.accuracy.report import report


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("--days", type=int, default=DAYS, help="how many days to make up")
    parser.add_argument("--seed", type=int, default=SEED, help="what to make them up from")
    parser.add_argument("--svg", action="store_true", help=f"draw {PICTURE.name} in docs/images")
    asked = parser.parse_args()
    if asked.days < 1:
        parser.error("--days must be at least 1")
    figures = measure(days=asked.days, seed=asked.seed)
    print(report(figures, seed=asked.seed))
    if asked.svg:
        PICTURE.write_text(chart(figures, seed=asked.seed), encoding="utf-8")


if __name__ == "__main__":
    main()
