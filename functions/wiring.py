"""Builds, once per process, what the triggers hand to the use cases."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

import stamina.instrumentation

from dataverse_client import (
    ClientCertificate,
    ClientSecret,
    DataverseClient,
    ManagedIdentity,
    TokenProvider,
    connect,
)
from functions.configuration import Configuration, Credential, configuration
from functions.identity import SigningKeys, TokenCheck, keys_at
from functions.repositories.activities import Activities
from functions.repositories.adjustments import Adjustments
from functions.repositories.archive import Archive
from functions.repositories.case_totals import CaseTotals
from functions.repositories.changes import Changes
from functions.repositories.ledger import DataverseLedger, Shared
from functions.repositories.pace import Pace, Turns
from functions.repositories.representatives import KnownPeople, KnownRepresentatives
from functions.repositories.self_check import OwnCalls
from functions.repositories.settings import NOTHING_KNOWN, SettingsCache
from functions.repositories.snapshots import Snapshots
from functions.repositories.time_logs import TimeLogs
from functions.repositories.work_days import WorkDays
from functions.timekeeping.errors import Refused
from functions.timekeeping.identifiers import CaseId
from functions.timekeeping.settings import SettingsBook
from functions.timekeeping.totals import CaseTime
from functions.usecases.ledger import StorageUnavailable

CALL_SECONDS = 8.0
"""How long a call waits for Dataverse before it lets segments wait in the queue instead."""

RECONCILING_SECONDS = 300.0
"""How long one message may ask. With its time in line it stays below the host's ten minutes."""

LOOKING_SECONDS = 450.0
"""How long a timer may look, which waits for nobody's turn. At night it reads three days' segments,
five hundred an answer: of a thousand representatives some six hundred answers, each with a rest."""

SELF_CHECK_SECONDS = 60.0
"""How long a self-check may take: longer than a call, so that an answer that is late is seen."""

CONCURRENT_CALLS = 32
MOST_TIMES_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Dataverse as one person may use it, for the time of one call."""

    ledger: DataverseLedger
    adjustments: Adjustments
    archive: Archive
    time_logs: TimeLogs


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Dataverse as the application user sees it, at a pace that leaves room for people."""

    days: WorkDays
    totals: CaseTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvents:
    """What is read and kept as the application user when something happens to a case."""

    activities: Activities
    snapshots: Snapshots
    changes: Changes


class LastTimes:
    """The last figures shown to each person, for when Dataverse does not answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: OrderedDict[tuple[UUID, CaseId], CaseTime] = OrderedDict()

    def keep(self, sign_in: UUID, time: CaseTime) -> None:
        with self._lock:
            self._times[(sign_in, time.case)] = time
            self._times.move_to_end((sign_in, time.case))
            if len(self._times) > MOST_TIMES_REMEMBERED:
                self._times.popitem(last=False)

    def get(self, sign_in: UUID, case: CaseId) -> CaseTime | None:
        with self._lock:
            return self._times.get((sign_in, case))


@dataclass(slots=True)
class DataverseHealth:
    """When Dataverse last answered a call of ours, as far as this process knows."""

    answered_at: datetime | None = None
    failed_at: datetime | None = None

    @property
    def reachable(self) -> bool | None:
        """Tell how the last call went; ``None`` before the first."""
        if self.answered_at is None and self.failed_at is None:
            return None
        earliest = datetime.min.replace(tzinfo=UTC)
        return (self.answered_at or earliest) >= (self.failed_at or earliest)


class WebhookHealth:
    """How many webhooks of Dataverse could not be read, as far as this process knows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.unreadable = 0
        self.last_unreadable_at: datetime | None = None

    def count_unreadable(self, received_at: datetime) -> None:
        with self._lock:
            self.unreadable += 1
            self.last_unreadable_at = received_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that outlives a call. Threads share it."""

    tokens: TokenCheck
    dataverse: DataverseClient
    shared: Shared
    clock: Callable[[], datetime]
    pace: Pace
    turns: Turns
    last_times: LastTimes = field(default_factory=LastTimes)
    health: DataverseHealth = field(default_factory=DataverseHealth)
    webhooks: WebhookHealth = field(default_factory=WebhookHealth)

    @property
    def last_settings(self) -> SettingsBook:
        """The settings as last read; before the first time nothing is known of them."""
        return self.shared.settings.last_known or NOTHING_KNOWN

    @contextmanager
    def storage_for(self, sign_in: UUID, *, seconds: float = CALL_SECONDS) -> Iterator[Storage]:
        """Give a person's storage for one call, and note whether Dataverse answered."""
        service = self.dataverse.within(seconds)
        person = service.acting_as(sign_in)
        ledger = DataverseLedger(
            service=service, person=person, sign_in=sign_in, shared=self.shared
        )
        try:
            yield Storage(
                ledger=ledger,
                adjustments=Adjustments(person),
                archive=Archive(service, self.shared.people),
                time_logs=TimeLogs(service=service, person=person),
            )
        except StorageUnavailable:
            self.health.failed_at = self.clock()
            raise
        except Refused:
            self.health.answered_at = self.clock()
            raise
        self.health.answered_at = self.clock()

    def own_calls(self) -> OwnCalls:
        """Return the service's calls, to be tried."""
        service = self.dataverse.within(SELF_CHECK_SECONDS)
        return OwnCalls(service=service, shared=self.shared, now=self.clock())

    def changes(self, seconds: float = LOOKING_SECONDS) -> Changes:
        """Return where a timer looks for what changed; it waits for nobody's turn."""
        return Changes(service=self.dataverse.within(seconds), pace=self.pace)

    @contextmanager
    def reconciliation(self) -> Iterator[Reconciliation]:
        """Give everybody's storage for one message, when it is its turn.

        Raises:
            StorageUnavailable: there are enough under way.
        """
        with self.turns.turn():
            yield reconciliation(self.dataverse, cache=self.shared.settings, pace=self.pace)

    def case_events(self) -> CaseEvents:
        """Give what one message about cases needs."""
        service = self.dataverse.within(RECONCILING_SECONDS)
        return CaseEvents(
            activities=Activities(service, self.pace),
            snapshots=Snapshots(service, self.pace),
            changes=Changes(service=service, pace=self.pace),
        )


@cache
def services() -> Services:
    """Return the services of this process; nothing is sent anywhere yet.

    Raises:
        pydantic.ValidationError: the configuration is not complete.
    """
    return build(configuration())


def build(
    config: Configuration,
    *,
    keys: SigningKeys | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    seconds: Callable[[], float] = time.monotonic,
    rest: Callable[[float], None] = time.sleep,
) -> Services:
    """Return the services that a configuration describes.

    Args:
        config: where things are.
        keys: of those who sign tokens; the issuer's unless given.
        clock: tells the time.
        seconds: counts seconds, for what is remembered and for how long is waited.
        rest: waits for so many seconds.
    """
    stamina.instrumentation.set_on_retry_hooks([])  # the client tells of its retries itself
    # Each call may ask two questions at once.
    dataverse = connect(
        config.dataverse_url,
        _credential(config),
        pool_size=2 * CONCURRENT_CALLS,
        clock=seconds,
    )
    pace = Pace(seconds, rest, lambda: dataverse.load)
    tokens = TokenCheck(
        issuer=config.token_issuer,
        audience=config.token_audience,
        tenant=config.token_tenant,
        scope=config.token_scope,
        keys=keys or keys_at(config.token_keys_url),
    )
    return Services(
        clock=clock,
        pace=pace,
        turns=Turns(pace),
        tokens=tokens,
        dataverse=dataverse,
        shared=Shared(
            settings=SettingsCache(seconds),
            representatives=KnownRepresentatives(seconds),
            people=KnownPeople(seconds),
            executor=ThreadPoolExecutor(CONCURRENT_CALLS, thread_name_prefix="look"),
        ),
    )


def reconciliation(
    dataverse: DataverseClient, *, cache: SettingsCache, pace: Pace
) -> Reconciliation:
    """Return everybody's storage for one piece of work, which its time limits from now on."""
    service = dataverse.within(RECONCILING_SECONDS)
    return Reconciliation(
        days=WorkDays(service=service, cache=cache, pace=pace),
        totals=CaseTotals(service=service, pace=pace),
    )


def _credential(config: Configuration) -> TokenProvider:
    match config.dataverse_credential:
        case Credential.MANAGED_IDENTITY:
            identity = str(config.client_id) if config.client_id else None
            return ManagedIdentity(config.dataverse_url, identity)
        case Credential.CLIENT_SECRET:
            return ClientSecret(
                str(config.token_tenant),
                str(config.client_id),
                config.client_secret.get_secret_value() if config.client_secret else "",
                config.dataverse_url,
            )
        case Credential.CLIENT_CERTIFICATE:
            return ClientCertificate(
                str(config.token_tenant),
                str(config.client_id),
                config.client_key.get_secret_value() if config.client_key else "",
                config.client_certificate or "",
                config.dataverse_url,
            )
