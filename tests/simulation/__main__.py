"""``python -m tests.simulation``: the large run, which says what it met and what differed."""

import argparse
import logging
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed

from tests.simulation.campaign import Part, Result, differences_of, parts, result_of
from tests.simulation.printing import as_test
from tests.simulation.shrinking import MOST_RUNS, shrunk

MOST_STORIES_PRINTED = 3


def main() -> int:
    """Run everything; return 1 if anything differed from the truth."""
    wanted = _arguments()
    logging.disable(logging.CRITICAL)
    every = [
        part
        for seed in wanted.seeds or [wanted.seed]
        for part in parts(
            seed,
            representatives=wanted.representatives,
            days=wanted.days,
            shift_seconds=int(wanted.shift_hours * 3600),
        )
    ]
    total, started = Result(), time.monotonic()
    for number, (part, result) in enumerate(_results(every, wanted.processes), 1):
        total.add(result)
        ended = f"{len(result.failed[part])} differences" if result.failed else "as it must be"
        print(f"{number}/{len(every)} office {part.name}: {ended}", flush=True)
    _tell(total, time.monotonic() - started)
    for part in list(total.failed)[:MOST_STORIES_PRINTED]:
        _tell_story(part, wanted.shrinking_runs)
    return 1 if total.failed else 0


def _results(every: Iterable[Part], processes: int) -> Iterator[tuple[Part, Result]]:
    if processes == 1:
        yield from ((part, result_of(part)) for part in every)
        return
    with ProcessPoolExecutor(processes) as pool:
        running = {pool.submit(result_of, part): part for part in every}
        yield from ((running[each], each.result()) for each in as_completed(running))


def _tell(total: Result, seconds: float) -> None:
    print(
        f"\n{total.representatives} representatives, {total.seconds} seconds of truth,"
        f" {len(total.failed)} offices that differ, in {seconds:.0f} s"
    )
    for name, times in sorted(total.met.items()):
        print(f"{times:>10}  {name}")
    for part, found in total.failed.items():
        print(f"\noffice {part.name}:")
        print(*(f"  {each}" for each in found[:20]), sep="\n")


def _tell_story(part: Part, most_runs: int) -> None:
    """Print a story that failed, as short as it becomes."""
    short = shrunk(part.story(), lambda each: bool(differences_of(each)), most_runs=most_runs)
    name = f"office_{part.seed}_{part.office}"
    print(f"\n{as_test(short, differences_of(short), name=name)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=_range, help="several, as in 1..200")
    parser.add_argument("--representatives", type=int, default=100, help="for each seed")
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--shift-hours", type=float, default=1.0, help="how long a shift is, about")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--shrinking-runs", type=int, default=MOST_RUNS)
    return parser.parse_args()


def _range(text: str) -> range:
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


if __name__ == "__main__":
    sys.exit(main())
