"""What would change, as values; and how it is told and done."""

from collections.abc import Callable
from dataclasses import dataclass, field

from dataverse_client import AccessDenied, RequestRejected
from solution.tools.environment.errors import Stopped
from solution.tools.environment.package import Package
from solution.tools.environment.reporter import Reporter


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do: what it is, said as an order, and how it is done.

    ``if_refused`` says what holds when Dataverse refuses it; without it, a refusal is the end.
    """

    text: str
    apply: Callable[[], object] = field(repr=False, compare=False)
    if_refused: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change, and what whoever changes it should know besides.

    ``brings`` is the package that one of the changes imports; ``sets_key`` says that the changes
    give the webhook endpoint its key.
    """

    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    brings: Package | None = None
    sets_key: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """What will have happened before a plan is carried out, and is not to be seen yet.

    Attributes:
        package: is imported, so what it brings will be there.
        publishes: everything is published.
    """

    package: Package | None = None
    publishes: bool = False


NOTHING_AHEAD = Ahead()


def foretell(report: Reporter, plan: Plan) -> None:
    """Say what would change."""
    _note(report, plan)
    for change in plan.changes:
        report.say(f"would {change.text}")
    if not plan.changes:
        report.say("nothing would change")


def carry_out(report: Reporter, plan: Plan) -> None:
    """Change it, and say so."""
    conclude(report, work_through(report, plan))


def work_through(report: Reporter, plan: Plan) -> int:
    """Change it, and say so; return how many changes that were."""
    _note(report, plan)
    return sum(_is_done(report, change) for change in plan.changes)


def _is_done(report: Reporter, change: Change) -> bool:
    """Change it, and say so; return False when Dataverse refused what need not be.

    Raises:
        Stopped: Dataverse refused what has to be.
    """
    report.say(change.text)
    try:
        change.apply()
    except RequestRejected as error:
        if change.if_refused is None:
            if isinstance(error, AccessDenied):
                raise  # says which role is lacking
            raise Stopped(f"Dataverse refused to {change.text} ({error})") from error
        report.say(f"note: Dataverse refused that ({error}); {change.if_refused}")
        return False
    return True


def conclude(report: Reporter, changes: int) -> None:
    """Say that it is over."""
    report.say(f"done, {changes} changed" if changes else "done, nothing had to change")


def _note(report: Reporter, plan: Plan) -> None:
    for note in plan.notes:
        report.say(f"note: {note}")
