"""Make everything within the retention again from its evidence: days, then the totals of all cases.

Every day of a representative that has segments or a record is worked out anew, oldest first, and
written where it differs; then the total of every case that has a figure of ours. It may run beside
the service, at a pace that leaves room for people, and as often as you like: the second time it
finds nothing. Interrupted, it says how to go on. It ends with 1 when something could not be mended.
"""

import argparse
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import stamina.instrumentation

from dataverse_client import DataverseClient
from functions import wiring
from functions.repositories.inventory import Inventory
from functions.repositories.pace import Pace
from functions.repositories.rehearsal import RehearsedDays
from functions.repositories.settings import SettingsCache
from functions.timekeeping.identifiers import CaseId
from functions.timekeeping.settings import RETENTION
from functions.usecases.ledger import ServiceNotAllowed, StorageUnavailable
from functions.usecases.rebuild import Kept, Rebuilt, rebuild
from functions.usecases.rebuild_stretch import Stretch, TooOld, stretch_of
from functions.usecases.rehearsal import Rehearsal, RehearsedTotals
from operations.rebuild_report import Report
from solution.tools.environment.errors import BadOption
from solution.tools.environment.options import CREDENTIALS, add_dry_run, add_environment
from solution.tools.environment.session import Session, run_in

EPILOG = f"""\
{CREDENTIALS}
The role Case Time Service is needed in the environment, or System Administrator. A token lasts
about an hour; for more than that use an application. For example:
  python -m operations rebuild --environment https://org.crm4.dynamics.com --dry-run
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EPILOG
    add_environment(parser)
    parser.add_argument(
        "--from",
        dest="first",
        type=day,
        metavar="DAY",
        help="the first day, such as 2026-03-10; otherwise the oldest whose evidence is kept",
    )
    parser.add_argument(
        "--to",
        dest="last",
        type=day,
        metavar="DAY",
        help="the last day; otherwise today and whatever says to be later",
    )
    add_dry_run(parser)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-03-10") from error


def run(
    arguments: argparse.Namespace,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    stopping: threading.Event | None = None,
) -> int:
    """Run it; ``stopping`` waits wherever something rests, and is set when nothing shall rest."""

    def work(session: Session) -> int:
        shop = _Workshop(
            session.dataverse, clock, stopping or threading.Event(), dry_run=arguments.dry_run
        )
        return _rebuild(arguments, shop)

    stamina.instrumentation.set_on_retry_hooks([])  # the client tells of its retries itself
    return run_in(arguments, work)


class _Workshop:
    """What a rebuild works with: one pace for all its threads, and storage anew for each part."""

    def __init__(
        self,
        dataverse: DataverseClient,
        clock: Callable[[], datetime],
        stopping: threading.Event,
        *,
        dry_run: bool,
    ) -> None:
        self.clock = clock
        self.stopping = stopping
        self.rehearsal = Rehearsal() if dry_run else None
        self._dataverse = dataverse
        self._cache = SettingsCache()
        self._pace = Pace(time.monotonic, stopping.wait, lambda: dataverse.load)
        self.inventory = Inventory(dataverse=dataverse, pace=self._pace)

    def kept(self) -> Kept:
        """Return storage for one part; of a rehearsal nothing is written to it."""
        real = wiring.reconciliation(self._dataverse, cache=self._cache, pace=self._pace)
        return _Rehearsed.of(real, self.rehearsal) if self.rehearsal else real

    def cases(self) -> frozenset[CaseId]:
        """Return the cases that only a rehearsal knows to have figures."""
        return self.rehearsal.cases if self.rehearsal else frozenset()


@dataclass(frozen=True, slots=True)
class _Rehearsed:
    """Storage that is read, and of which only is noted what would be written."""

    days: RehearsedDays
    totals: RehearsedTotals

    @classmethod
    def of(cls, real: wiring.Reconciliation, rehearsal: Rehearsal) -> "_Rehearsed":
        of = real.days
        days = RehearsedDays(service=of.service, cache=of.cache, pace=of.pace, rehearsal=rehearsal)
        return cls(days, RehearsedTotals(real.totals, rehearsal))


def _rebuild(arguments: argparse.Namespace, shop: _Workshop) -> int:
    report, now = Report(shop.rehearsal), shop.clock()
    try:
        done = rebuild(
            _stretch(arguments, shop, now),
            found=shop.inventory,
            kept=shop.kept,
            now=now,
            hears=report,
            stopping=shop.stopping,
            more_cases=shop.cases,
        )
    except BadOption:
        raise
    except (Exception, KeyboardInterrupt) as error:
        report.break_off(_reason(error), _how_to_go_on(arguments, report.last))
        if isinstance(error, KeyboardInterrupt | StorageUnavailable | ServiceNotAllowed):
            return 1
        raise
    report.conclude(done)
    return 0 if done.is_whole else 1


def _stretch(arguments: argparse.Namespace, shop: _Workshop, now: datetime) -> Stretch:
    """Return the days that were asked for.

    Raises:
        BadOption: they are too old, or there are none.
    """
    first, last = arguments.first, arguments.last
    if first and last and last < first:
        raise BadOption(f"--to {last} is before --from {first}")
    settings = shop.kept().days.settings().environment
    try:
        return stretch_of(first, last, settings=settings, now=now)
    except TooOld as error:
        option = "--from" if first and first < error.oldest else "--to"
        raise BadOption(
            f"{option} {error.day}: segments are kept for {error.retention_days} days "
            f"({RETENTION}), so {error.oldest} is the oldest day that can be made again"
        ) from error


def _reason(error: BaseException) -> str:
    match error:
        case KeyboardInterrupt():
            return "interrupted"
        case StorageUnavailable():
            return f"Dataverse gives no usable answer: {error}"
        case ServiceNotAllowed():
            return f"the role of who signed in is not complete: {error}"
        case _:
            return "not finished"


def _how_to_go_on(arguments: argparse.Namespace, done: Rebuilt | None) -> str:
    """Return the command that does the rest."""
    go_on = done.go_on if done else arguments.first
    options = {"--environment": arguments.environment, "--from": go_on, "--to": arguments.last}
    words = [f"{name} {value}" for name, value in options.items() if value]
    words += ["--dry-run"] if arguments.dry_run else []
    return f"python -m operations {arguments.command} {' '.join(words)}"
