"""Last stage: the functions try their own calls; every table is tried on a case that was named."""

from solution.tools.environment.deployment.smoke_test import smoke_test
from solution.tools.environment.deployment.target import Target
from solution.tools.environment.errors import Stopped
from solution.tools.environment.reporter import Level
from solution.tools.environment.self_check import RENEW_KEY, KeyRefused, Unanswered, self_check
from solution.tools.environment.session import Session, who_am_i

SELF_CHECK = "ask the functions for their self-check"
SMOKE_TEST = "write, read back and remove one row of each table"


def foretell_proof(session: Session, target: Target) -> None:
    """Say what would be tried."""
    session.report.say(f"would {SELF_CHECK}")
    if target.smoke_test_case is not None:
        session.report.say(f"would {SMOKE_TEST} on the case {target.smoke_test_case}")


def prove(session: Session, target: Target, *, sets_key: bool) -> None:
    """Try what can be tried, and say what it came to.

    ``sets_key`` says that the webhook endpoint has just been given the key: when the functions
    refuse it, they refuse Dataverse's calls as well, and no later run would find that.

    Raises:
        Stopped: a table does not do what it should, a call of the functions does not work, or they
            do not accept the key that was set.
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
        if sets_key and isinstance(error, KeyRefused):
            raise Stopped(
                "the functions refuse the key that the webhook endpoint now has, so Dataverse's"
                f" calls will be refused too; {RENEW_KEY}"
            ) from error
        session.report.say(f"note: {error}; nothing was proved about their calls to Dataverse")
        return
    for finding in findings:
        session.report.tell(finding)
    if any(finding.level is Level.PROBLEM for finding in findings):
        raise Stopped("all is in place, but calls of the functions to Dataverse do not work")
