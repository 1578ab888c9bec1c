"""A Dataverse environment in one WSGI app: the Web API of the tables of our solution."""

import threading
import time
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from werkzeug.wrappers import Request, Response

from solution.model.roles import SERVICE, Role
from tests.mock_dataverse import beginnings
from tests.mock_dataverse.builtin_tables import APP_SETTING_PRIVILEGES
from tests.mock_dataverse.calls import Answer
from tests.mock_dataverse.control import control
from tests.mock_dataverse.environment import Environment, Switches
from tests.mock_dataverse.faults import Faults, RecordedRequest, When
from tests.mock_dataverse.handling import SLEEPS, Handler, read_request
from tests.mock_dataverse.layers import publish_all
from tests.mock_dataverse.limits import Budget, Limits
from tests.mock_dataverse.people import People, User
from tests.mock_dataverse.platform_rows import ADMINISTRATOR_ID
from tests.mock_dataverse.roles import deployed_parts_of, give_roles, put_role, role_problems
from tests.mock_dataverse.seeding import Seeding
from tests.mock_dataverse.solutions.importing import import_zip
from tests.mock_dataverse.store import Store
from tests.mock_dataverse.webhooks import Post, Webhook, sent

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

DEFAULT_TOKEN = "test-token"
ADMIN_TOKEN = "admin-token"
LOGGED_REQUESTS = 10_000
"""How many of the latest requests the log keeps at least."""
DEFAULT_ROLES = ("Case Time Representative", "Customer Service Representative")


class MockDataverse:
    """One environment. Call it as a WSGI app; everything else is for the test beside it.

    Our solution is there from the beginning, or (``installed=False``) waits to be imported.
    ``app_setting_privileges`` is what stands in the names of the privileges on apps' settings.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        authenticate: Callable[[str], UUID | None] | None = None,
        base_url: str = "https://org.crm.dynamics.com",
        database: str = ":memory:",
        installed: bool = True,
        app_setting_privileges: str = APP_SETTING_PRIVILEGES,
    ) -> None:
        begun = beginnings.installed if installed else beginnings.fresh
        beginning = begun(app_setting_privileges)
        store = Store(beginning.image, database)
        self._finalizer = weakref.finalize(self, store.close)
        self.env = Environment(
            beginning.schema.copy(), store, People(store), clock, base_url.rstrip("/")
        )
        self.faults = Faults()
        self.requests: list[RecordedRequest] = []
        self.latency_seconds = 0.0
        self._lock = threading.RLock()
        self._seeding = Seeding(self.env)
        self._service = (
            self.add_user("# Case Time Service", roles=(SERVICE.name,), application_id=uuid4())
            if installed
            else None
        )
        self._authenticate = authenticate or self._default_user
        self._handler = Handler(self.env, self.faults, Budget(self.env.limits))

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        return self.answer(Request(environ))(environ, start_response)

    def answer(self, request: Request) -> Response:
        """Answer one request.

        Raises:
            ConnectionDroppedError: a test asked for a broken connection.
        """
        if request.path.startswith("/__mock__/"):
            with self._lock:
                return control(self, request)
        answer = self._exchange(request)
        return Response(answer.body, status=answer.status, headers=dict(answer.headers))

    def close(self) -> None:
        """Close the database; a mock that is garbage closes its own."""
        with self._lock:
            self._finalizer()

    @property
    def base_url(self) -> str:
        return self.env.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        self.env.base_url = url.rstrip("/")

    @property
    def service_user_id(self) -> UUID:
        """The application user of the functions.

        Raises:
            LookupError: the environment began without our solution.
        """
        if self._service is None:
            raise LookupError("nobody has deployed the functions' user yet")
        return self._service.systemuserid

    @property
    def limits(self) -> Limits:
        return self.env.limits

    @property
    def switches(self) -> Switches:
        return self.env.switches

    @property
    def elastic_lag_reads(self) -> int:
        """How many reads without the session token miss a new elastic write."""
        return self.env.elastic.lag_reads

    @elastic_lag_reads.setter
    def elastic_lag_reads(self, reads: int) -> None:
        self.env.elastic.lag_reads = reads

    @property
    def elastic_lag_seconds(self) -> float:
        """For how long reads without the session token miss a new elastic write."""
        return self.env.elastic.lag_seconds

    @elastic_lag_seconds.setter
    def elastic_lag_seconds(self, seconds: float) -> None:
        self.env.elastic.lag_seconds = seconds

    def add_user(
        self,
        full_name: str,
        *,
        roles: Iterable[str] = DEFAULT_ROLES,
        systemuserid: UUID | None = None,
        entra_object_id: UUID | None = None,
        disabled: bool = False,
        application_id: UUID | None = None,
        business_unit: UUID | None = None,
    ) -> User:
        """Add a person or an application with roles by name."""
        user = User(systemuserid or uuid4(), entra_object_id or uuid4(), full_name)
        with self._lock:
            self._seeding.user(
                user, disabled=disabled, application_id=application_id, unit=business_unit
            )
            give_roles(self.env, user.systemuserid, roles)
        return user

    def add_role(self, role: Role) -> None:
        """Make a role known, or replace the one of its name.

        Raises:
            ValueError: no environment would take it.
        """
        with self._lock:
            parts = deployed_parts_of(self.env.schema, role)
            for problem in role_problems(self.env.schema, parts):
                raise ValueError(problem)
            put_role(self.env, parts)

    def give_roles(self, systemuserid: UUID, roles: Iterable[str]) -> None:
        """Replace the roles of a user."""
        with self._lock:
            give_roles(self.env, systemuserid, roles)

    def add_business_unit(self, name: str, *, parent: UUID | None = None) -> UUID:
        """Add a business unit, below the root one if no parent is given."""
        with self._lock:
            return self._seeding.unit(name, parent)

    def add_row(self, table: str, values: Mapping[str, object]) -> UUID:
        """Store a row as SYSTEM; lookups are given by their column and the other row's id."""
        with self._lock:
            return self._seeding.add(table, values)

    def update_row(
        self,
        table: str,
        row_id: UUID,
        values: Mapping[str, object],
        *,
        partition: str | None = None,
    ) -> None:
        with self._lock:
            self._seeding.update(table, row_id, values, partition)

    def delete_row(self, table: str, row_id: UUID, *, partition: str | None = None) -> None:
        with self._lock:
            self._seeding.delete(table, row_id, partition)

    def rows(self, table: str) -> list[dict[str, object]]:
        """Return every stored row as the Web API would show it, in the order of creation."""
        with self._lock:
            return self._seeding.rows(table)

    def setting(self, unique_name: str, value: str | None, *, app: str | None = None) -> None:
        """Override a setting for an app or the organization; None takes the override away."""
        with self._lock:
            self._seeding.setting(unique_name, value, app)

    def import_solution(self, content: bytes) -> None:
        """Import a solution's zip and publish it, as an administrator would; all is ready at once.

        Raises:
            ImportFailedError: it cannot be imported, and nothing was changed.
        """
        with self._lock:
            import_zip(self.env, content, settling_looks=0)
            publish_all(self.env)

    def take_webhooks(self) -> list[Webhook]:
        """Return the webhooks that wait to be sent, for a test that sends them itself."""
        with self._lock:
            return self.env.webhooks.take()

    def deliver_webhooks(self, post: Post) -> list[int]:
        """Send what waits as Dataverse would, and return how each webhook was answered."""
        return sent(self.take_webhooks(), post)

    def clear_requests(self) -> None:
        with self._lock:
            self.requests.clear()

    def fail_next(
        self,
        status: int = 503,
        headers: Mapping[str, str] | None = None,
        body: str | bytes | None = None,
        *,
        when: When = "before",
        times: int = 1,
        matching: Callable[[RecordedRequest], bool] | None = None,
        drop: bool = False,
    ) -> None:
        """Let the next requests fail; ``after``: the work is done and only the answer is lost."""
        with self._lock:
            self.faults.add(
                status, headers, body, when=when, times=times, matching=matching, drop=drop
            )

    def fail_call(
        self,
        number: int,
        status: int = 503,
        headers: Mapping[str, str] | None = None,
        body: str | bytes | None = None,
        *,
        when: When = "before",
        drop: bool = False,
    ) -> None:
        """Let the request with this number from now, beginning with 0, fail."""
        with self._lock:
            self.faults.add(status, headers, body, when=when, skip=number, drop=drop)

    def _default_user(self, token: str) -> UUID | None:
        if token == ADMIN_TOKEN:
            return ADMINISTRATOR_ID
        return self._service.systemuserid if self._service and token == DEFAULT_TOKEN else None

    def _exchange(self, request: Request) -> Answer:
        most_parts = self.env.limits.batch_parts
        arrival = read_request(request, self._authenticate, most_parts=most_parts)
        started = time.perf_counter()
        with self._lock:
            record = self._handler.record(arrival)
            fault = self._handler.fault_for(record)
            if fault and fault.spoils_all and fault.when == "before":
                self._log(record, fault.status)
                return fault.answer()
            refused = self._handler.admit(arrival)
            if refused:
                self._log(record, refused.status)
                return self._handler.finished(arrival, refused)
        if self.latency_seconds and request.environ.get(SLEEPS):
            time.sleep(self.latency_seconds)
        with self._lock:
            try:
                answer, record = self._handler.handle(arrival, record, fault)
            finally:
                self._handler.leave(arrival, started)
            self._log(record, answer.status)
            if fault and fault.spoils_all:
                return fault.answer()
            return self._handler.finished(arrival, answer)

    def _log(self, record: RecordedRequest, status: int) -> None:
        self.requests.append(replace(record, status=status))
        if len(self.requests) > 2 * LOGGED_REQUESTS:
            del self.requests[:-LOGGED_REQUESTS]
