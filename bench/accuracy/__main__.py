"""``python -m bench.accuracy``: count made-up days in every way, and print how far each is off."""

import argparse
from pathlib import Path

from bench.accuracy.chart import chart
from bench.accuracy.figures import Figures, measured
from bench.accuracy.report import report
from bench.accuracy.working_days import working_days

DAYS, SEED = 500, 2026
PICTURE = Path(__file__).parents[2] / "docs" / "images" / "accuracy.svg"


def measure(*, days: int = DAYS, seed: int = SEED) -> list[Figures]:
    """Return every method's figures over the same days."""
    return measured(working_days(days, seed=seed))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("--days", type=int, default=DAYS, help="how many days to make up")
    parser.add_argument("--seed", type=int, default=SEED, help="what to make them up from")
    parser.add_argument("--svg", action="store_true", help=f"draw {PICTURE.name} in docs/images")
    asked = parser.parse_args()
    figures = measure(days=asked.days, seed=asked.seed)
    print(report(figures, seed=asked.seed))
    if asked.svg:
        PICTURE.write_text(chart(figures, seed=asked.seed), encoding="utf-8")


if __name__ == "__main__":
    main()
