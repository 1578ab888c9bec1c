"""``python -m bench.shift``: a day for a thousand; ``--hectic`` for days as in `bench.accuracy`."""

import argparse
from dataclasses import replace

from bench.accuracy.day import Day
from bench.accuracy.working_days import working_day
from bench.shift.days import SHIFT_SECONDS
from bench.shift.report import REPRESENTATIVES, SAMPLE, SEED, an_ordinary_day, measure
from bench.table import table


def a_hectic_day(number: int) -> Day:
    """Return one of the days that are measured for accuracy, without its faults."""
    day = working_day(number, seed=SEED, seconds=SHIFT_SECONDS)
    return replace(day, outages=(), clock_sets=(), clock_errors_ms={})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.shift")
    parser.add_argument("--hectic", action="store_true", help="switch cases twice as often")
    parser.add_argument("--people", type=int, default=REPRESENTATIVES, help="for how many to play")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many days to record")
    arguments = parser.parse_args()
    day = a_hectic_day if arguments.hectic else an_ordinary_day
    print(table(measure(day, people=arguments.people, sample=arguments.sample)))


if __name__ == "__main__":
    main()
