"""Ask an environment what no public source says about Dataverse, and say what follows.

Reads only, unless told to write: then rows of our tables that nothing counts are created and taken
away again. The answers are kept in a file without names or contents of rows. Ends with 1 when one
of our assumptions does not hold there.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from solution.tools.environment.deployment.importing import INSTALLED
from solution.tools.environment.options import CREDENTIALS, add_environment
from solution.tools.environment.probe.answers_file import line_of
from solution.tools.environment.probe.asking import ask
from solution.tools.environment.probe.question import Question, Verdict, conclude
from solution.tools.environment.probe.questions import BY_HAND, QUESTIONS
from solution.tools.environment.probe.table import by_hand, head, row_of
from solution.tools.environment.reporter import Reporter
from solution.tools.environment.session import Session, Wait, run_in

ANSWERS = Path("probe-answers.jsonl")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = CREDENTIALS
    add_environment(parser)
    parser.add_argument(
        "--write",
        action="store_true",
        help="ask also what only a row of our own can tell; it is taken away again",
    )
    parser.add_argument(
        "--answers",
        type=Path,
        default=ANSWERS,
        metavar="FILE",
        help=f"where the answers are kept; otherwise {ANSWERS}",
    )


def run(arguments: argparse.Namespace, *, wait: Wait = time.sleep) -> int:
    def work(session: Session) -> int:
        questions = _to_be_asked(session, write=arguments.write)
        with arguments.answers.open("w", encoding="utf-8") as answers:
            verdicts = _ask(session, questions, answers)
        for question in BY_HAND:
            _say(session.report, by_hand(question))
        session.report.say(", ".join(f"{verdicts[verdict]} {verdict.value}" for verdict in Verdict))
        session.report.say(f"the answers are in {arguments.answers}")
        return 1 if verdicts[Verdict.REFUTED] else 0

    return run_in(arguments, work, wait=wait)


def _to_be_asked(session: Session, *, write: bool) -> list[Question]:
    """Return the questions that can be asked here, and say of the others how they can."""
    questions = list(QUESTIONS)
    if next(session.dataverse.rows(INSTALLED), None) is None:
        questions = [question for question in questions if question.before_us]
        left = len(QUESTIONS) - len(questions)
        session.report.say(f"note: {left} more questions are asked once the solution is installed")
    if not write:
        writing = sum(question.writes for question in questions)
        questions = [question for question in questions if not question.writes]
        if writing:
            session.report.say(f"note: {writing} more questions are asked with --write")
    return questions


def _ask(session: Session, questions: Iterable[Question], answers: TextIO) -> Counter[Verdict]:
    """Ask one question after the other; each is told and kept as soon as it is answered."""
    verdicts: Counter[Verdict] = Counter()
    _say(session.report, head())
    for question in questions:
        asked = ask(session.dataverse, question)
        conclusion = conclude(question, asked.replies)
        _say(session.report, row_of(conclusion))
        for fault in asked.left:
            session.report.say(f"note: a row is left, which the next run takes away: {fault}")
        print(line_of(conclusion), file=answers, flush=True)
        verdicts[conclusion.reading.verdict] += 1
    return verdicts


def _say(report: Reporter, lines: Iterable[str]) -> None:
    for line in lines:
        report.say(line)
