"""Last stage: the functions try their own calls; every table is tried on a case that was named."""

from solution.tools.environment.deployment.smoke_test import smoke_test
from solution.tools.environment.deployment.target import Target
from solution.tools.environment.errors import Stopped
from solution.tools.environment.reporter import Level
from solution.tools.environment.self_check import Unanswered, self_check
from solution.tools.environment.session import Session, who_am_i

SELF_CHECK = "ask the functions for their self-check"
SMOKE_TEST = "write, read back and remove one row of each table"


def foretell_proof(session: Session, target: Target) -> None:
    """Say what would be tried."""
    session.report.say(f"would {SELF_CHECK}")
    if target.smoke_test_case is not None:
        session.report.say(f"would {SMOKE_TEST} on the case {target.smoke_test_case}")


def prove(session: Session, target: Target) -> None:
    """Try what can be tried, and say what it came to.

    Raises:
        Stopped: a table does not do what it should, or a call of the functions does not work.
        DataverseError: Dataverse refused a row.
    """
    if target.smoke_test_case is not None:
        session.report.say(f"{SMOKE_TEST} on the case {target.smoke_test_case}")
        smoke_test(session, target.smoke_test_case)
    session.report.say(SELF_CHECK)
    try:
        findings = self_check(
            target.functions_url,
            target.webhook_key,
            representative=target.representative or who_am_i(session.dataverse),
            case=target.smoke_test_case,
        )
    except Unanswered as error:
        session.report.say(f"note: {error}; nothing was proved about their calls to Dataverse")
        return
    for finding in findings:
        session.report.tell(finding)
    if any(finding.level is Level.PROBLEM for finding in findings):
        raise Stopped("all is in place, but calls of the functions to Dataverse do not work")
