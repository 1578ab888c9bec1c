"""Look whether everything is in place in an environment, and say how to mend what is not.

Changes nothing. Ends with 1 when there is a problem; a warning is no problem.
"""

import argparse
import time
from collections import Counter

from solution.tools.environment.examination.examine import examination
from solution.tools.environment.options import CREDENTIALS, add_environment, add_functions_url
from solution.tools.environment.reporter import Level
from solution.tools.environment.session import Session, Wait, run_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = CREDENTIALS
    add_environment(parser)
    add_functions_url(parser, required=False)


def run(arguments: argparse.Namespace, *, wait: Wait = time.sleep) -> int:
    def work(session: Session) -> int:
        found: Counter[Level] = Counter()
        for finding in examination(session, arguments.functions_url):
            session.report.tell(finding)
            found[finding.level] += 1
        problems, warnings = found[Level.PROBLEM], found[Level.WARNING]
        session.report.say(f"problems: {problems}, warnings: {warnings}")
        return 1 if problems else 0

    return run_in(arguments, work, wait=wait)
