"""Every kind of fault at every point of every story; takes minutes, and the tests run a part of it.

Ends with 1 if a fault changed a figure.
"""

import argparse
import logging
import sys
from concurrent.futures import ProcessPoolExecutor

import stamina

from tests.faults.points import TRIES, recorded
from tests.faults.stories import STORIES

BY_NAME = {story.__name__: story for story in STORIES}


def changes_of(name: str) -> tuple[int, list[str]]:
    """Return how many faults a story was told with, and what those did that changed its end."""
    logging.disable(logging.CRITICAL)
    story = BY_NAME[name]
    with stamina.set_testing(True, attempts=TRIES, cap=True):
        recording = recorded(story)
        faults = recording.all_faults()
        changes = [(fault, fault.changes(story, recording.end)) for fault in faults]
    return len(faults), [f"{fault} -> {changed}" for fault, changed in changes if changed]


def main(names: list[str]) -> int:
    wrong = 0
    with ProcessPoolExecutor() as pool:
        for name, (faults, changes) in zip(names, pool.map(changes_of, names), strict=True):
            lines = [f"{name}: {faults} faults, {len(changes)} changed a figure", *changes]
            print("\n  ".join(lines), flush=True)
            wrong += len(changes)
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    # No choices: argparse would also look for the empty list among them.
    parser.add_argument("stories", nargs="*", metavar="STORY", help=", ".join(BY_NAME))
    arguments = parser.parse_args()
    if unknown := set(arguments.stories) - BY_NAME.keys():
        parser.error(f"there is no story {', '.join(sorted(unknown))}")
    return arguments


if __name__ == "__main__":
    sys.exit(main(_arguments().stories or list(BY_NAME)))
