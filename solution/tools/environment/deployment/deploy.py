"""All stages in their order: as a forecast, and for real."""

from collections.abc import Iterator

from solution.tools.environment.deployment.application_user import application_user_plan
from solution.tools.environment.deployment.case_form import case_form_plan
from solution.tools.environment.deployment.endpoint import endpoint_plan, endpoint_row
from solution.tools.environment.deployment.importing import import_plan
from solution.tools.environment.deployment.privileges import offers_plan, require_privileges
from solution.tools.environment.deployment.proof import prove
from solution.tools.environment.deployment.publishing import publish_plan
from solution.tools.environment.deployment.readiness import wait_for_tables
from solution.tools.environment.deployment.steps import steps_plan
from solution.tools.environment.deployment.target import Target
from solution.tools.environment.plans import NOTHING_AHEAD, Ahead, Plan, conclude, work_through
from solution.tools.environment.session import Session
from solution.tools.environment.surroundings import surroundings


def forecast(session: Session, target: Target) -> Plan:
    """Return everything that `deploy` would do, without a write.

    Raises:
        Stopped: it would be refused.
        BadOption: something that it needs was not said.
    """
    around = surroundings(session.dataverse)
    require_privileges(session.dataverse)
    bringing = import_plan(session, target, around)
    publishing = publish_plan(session, target.package, Ahead(bringing.brings))
    ahead = Ahead(bringing.brings, publishes=bool(publishing.changes))
    plans = [
        bringing,
        publishing,
        offers_plan(session, ahead),
        endpoint_plan(session, target, around, after_import=bool(bringing.changes)),
        steps_plan(session, target.steps, around),
        application_user_plan(session, target.application_id),
        case_form_plan(session, target, ahead, around),
    ]
    changes = tuple(change for plan in plans for change in plan.changes)
    return Plan(changes, tuple(note for plan in plans for note in plan.notes))


def deploy(session: Session, target: Target) -> None:
    """Bring the environment to what the target says, and say each step.

    Everything is foreseen before anything is written: what is refused changes nothing.
    """
    forecast(session, target)
    changes, sets_key = 0, False
    for plan in _stages(session, target):
        done = work_through(session.report, plan)
        changes += done
        sets_key |= plan.sets_key and done > 0  # it may have been refused
    prove(session, target, sets_key=sets_key)
    conclude(session.report, changes)


def _stages(session: Session, target: Target) -> Iterator[Plan]:
    """Yield each stage's plan when the stages before it are done."""
    around = surroundings(session.dataverse)
    bringing = import_plan(session, target, around)
    yield bringing
    yield publish_plan(session, target.package, Ahead(bringing.brings))
    wait_for_tables(session)
    yield offers_plan(session, NOTHING_AHEAD)
    yield endpoint_plan(session, target, around, after_import=bool(bringing.changes))
    if endpoint_row(session.dataverse):  # which may be refused, and then there is nobody to tell
        yield steps_plan(session, target.steps, around)
    yield application_user_plan(session, target.application_id)
    yield case_form_plan(session, target, NOTHING_AHEAD, around)
