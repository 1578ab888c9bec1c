"""Kills the functions again and again while widgets work, and tells whether a second is missing."""

import argparse
import sys

from tests.real_queues.endurance.findings import findings
from tests.real_queues.endurance.people import WIDGETS
from tests.real_queues.endurance.storm import endure


def main() -> None:
    """Print the figures; exit 1 if anything is lost, doubled or wrong."""
    arguments = _arguments()
    outcome = endure(arguments.kills, seed=arguments.seed)
    diary = outcome.diary
    print(
        f"{arguments.kills} kills in {outcome.seconds:.0f} s under {WIDGETS} widgets, "
        f"{outcome.outages} spells of throttling\n"
        f"{len(diary.sent)} segments, {diary.answers} answers, {diary.unanswered} calls without, "
        f"refusals {dict(diary.refusals)}\n"
        f"receipts {dict(diary.receipts)}"
    )
    wrong = findings(outcome)
    print(*wrong[:20] or ["no second lost, none counted twice"], sep="\n")
    if wrong:
        sys.exit(f"{len(wrong)} findings")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.real_queues.endurance")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of what widgets send, and when")
    return parser.parse_args()


if __name__ == "__main__":
    main()
