"""Look whether everything is in place in an environment, and say how to mend what is not.

Changes nothing; the functions' self-check writes a segment that no figure reads and that is gone
within the hour. Ends with 1 when there is a problem; a warning is no problem.
"""

import argparse
import time
from collections import Counter
from itertools import chain

from solution.tools.environment.examination.calls import call_findings
from solution.tools.environment.examination.examine import examination
from solution.tools.environment.options import (
    CREDENTIALS,
    WEBHOOK_KEY,
    add_environment,
    add_functions_url,
    add_representative,
    guid,
)
from solution.tools.environment.reporter import Level
from solution.tools.environment.session import Session, Wait, run_in

EPILOG = f"""\
{CREDENTIALS}
The functions try their own calls when they are asked with a function key of theirs:
  {WEBHOOK_KEY}           the key, such as that which `deploy` gives to the webhook
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EPILOG
    add_environment(parser)
    add_functions_url(parser, required=False)
    add_representative(parser)
    parser.add_argument(
        "--case", type=guid, metavar="GUID", help="a case that the representative must see"
    )


def run(arguments: argparse.Namespace, *, wait: Wait = time.sleep) -> int:
    def work(session: Session) -> int:
        found: Counter[Level] = Counter()
        calls = call_findings(
            session.dataverse,
            arguments.functions_url,
            representative=arguments.representative,
            case=arguments.case,
        )
        for finding in chain(examination(session, arguments.functions_url), calls):
            session.report.tell(finding)
            found[finding.level] += 1
        problems, warnings = found[Level.PROBLEM], found[Level.WARNING]
        session.report.say(f"problems: {problems}, warnings: {warnings}")
        return 1 if problems else 0

    return run_in(arguments, work, wait=wait)
