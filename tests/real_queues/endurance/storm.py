"""Runs everything, kills the functions, lets the rest settle and reads what is recorded."""

import itertools
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.local_stack.addresses import Addresses
from tests.local_stack.azurite import azurite, connection_string
from tests.local_stack.children import Child
from tests.local_stack.functions_host.keys import FUNCTION_KEY
from tests.local_stack.functions_host.settings import OVERRIDE
from tests.local_stack.http_client import over_http
from tests.local_stack.http_messages import Handler, Request
from tests.local_stack.http_server import HttpServer
from tests.local_stack.office.cases import CASES, State
from tests.local_stack.token_desk import DATAVERSE_PATH, TokenDesk
from tests.local_stack.tokens import TENANT, TokenIssuer
from tests.local_stack.webhooks import connect_webhooks
from tests.real_queues.endurance.people import PEOPLE, WINDOWS_EACH
from tests.real_queues.endurance.widgets import Diary, Foci, Widget

MOST_ANSWERS = 24
"""A life ends after so many answers at most; some end before the first."""

LONGEST_LIFE_SECONDS = 3.0
TASK_SECONDS, TASKS_A_TIMER = 0.5, 8
SETTLE_SECONDS = 120.0
LOOK_EVERY_SECONDS = 0.1
QUEUES = f"{OVERRIDE}__extensions__queues__"
HOST = {
    "PYTHON_THREADPOOL_THREAD_COUNT": "64",
    f"{QUEUES}visibilityTimeout": "00:00:01",
    f"{QUEUES}maxPollingInterval": "00:00:00.5",
}
TABLES = ("cht_focussegment", "cht_automatictime", "cht_casehandlingtime", "task")

Rows = list[dict[str, Any]]


class NotSettledError(Exception):
    """Something still waits after a time in which all should have been worked off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was sent and what is recorded in the end, by table."""

    diary: Diary
    rows: dict[str, Rows]
    poison: dict[str, object]
    outages: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """The parts while they run."""

    lives: Child
    port: int
    dataverse: Handler
    functions: Handler
    desk: TokenDesk
    randomness: random.Random

    def ask(self, handler: Handler, method: str, target: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Return the answer's JSON, or ``None`` without one."""
        content = b"" if body is None else json.dumps(body).encode()
        headers = {
            "authorization": f"Bearer {self.desk.dataverse_token()}",
            "content-type": "application/json",
        }
        request = Request(method=method, target=target, headers=headers, body=content)
        answer = handler(request).body
        return json.loads(answer) if answer else None


def endure(kills: int, *, seed: int) -> Outcome:
    """Have the widgets work until the functions were killed so often, and all has settled since.

    Raises:
        NotSettledError: it did not settle.
        ChildFailedError: a part failed that nobody killed.
    """
    started = time.monotonic()
    with _stage(random.Random(seed)) as stage:
        diary, over = Diary(), threading.Event()
        widgets = [
            threading.Thread(target=widget.run, name=widget.name, daemon=True)
            for widget in _widgets(stage, diary, over)
        ]
        weather = _Weather(stage)
        others = [threading.Thread(target=weather.change, args=(over,), daemon=True)]
        others.append(threading.Thread(target=_colleague, args=(stage, over), daemon=True))
        for thread in (*widgets, *others):
            thread.start()
        for _ in range(kills - 1):
            _wait_for_answers(diary, stage)
            stage.lives.tell("next")
            stage.lives.check()
        over.set()
        for thread in others:
            thread.join()
        stage.lives.tell("next")
        _until(lambda: not any(widget.is_alive() for widget in widgets), "outboxes")
        _until(lambda: not _waiting(stage), "queues")
        listing = stage.ask(stage.functions, "GET", "/admin/queues")
        rows = {
            name: stage.ask(stage.dataverse, "GET", f"/__mock__/rows/{name}") for name in TABLES
        }
        stage.lives.check()
    return Outcome(
        diary=diary,
        rows=rows,
        poison={name: each["poison"] for name, each in listing.items() if each["poison"]},
        outages=weather.outages,
        seconds=time.monotonic() - started,
    )


@contextmanager
def _stage(randomness: random.Random) -> Iterator[_Stage]:
    with ExitStack() as parts:
        tokens = parts.enter_context(HttpServer())
        issuer = TokenIssuer(issuer=f"{tokens.url}/{TENANT}/v2.0")
        package = __package__ or ""
        storage = parts.enter_context(azurite())
        dataverse = parts.enter_context(
            Child(
                f"{package}.dataverse",
                issuer.issuer,
                environment={"LOCAL_STACK_PUBLIC_KEY": issuer.key.public_pem()},
            )
        )
        dataverse_url = f"http://127.0.0.1:{dataverse.port()}"
        desk = TokenDesk(url=tokens.url, dataverse_url=dataverse_url, issuer=issuer)
        tokens.start(desk.handle)
        lives = parts.enter_context(
            Child(
                f"{package}.lives",
                connection_string(storage.port()),
                environment=desk.functions_environment() | HOST,
            )
        )
        port = lives.port()
        addresses = Addresses(
            api=f"http://127.0.0.1:{port}/api",
            dataverse=f"{dataverse_url}{DATAVERSE_PATH}",
            tokens=tokens.url,
            workspace="",
        )
        connect_webhooks(addresses, desk, key=FUNCTION_KEY)
        yield _Stage(
            lives=lives,
            port=port,
            dataverse=over_http(dataverse_url),
            functions=over_http(f"http://127.0.0.1:{port}"),
            desk=desk,
            randomness=randomness,
        )


def _widgets(stage: _Stage, diary: Diary, over: threading.Event) -> Iterator[Widget]:
    now = datetime.now(UTC)
    midnight = (now - timedelta(hours=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    for person in PEOPLE:
        foci = Foci(
            person.systemuserid,
            midnight=int(midnight.timestamp()),
            randomness=random.Random(stage.randomness.random()),
        )
        for window in range(WINDOWS_EACH):
            yield Widget(
                name=f"{person.alias}-{window}",
                token=stage.desk.issuer.for_api(person.entra_object_id, now=now),
                port=stage.port,
                cases=_cases(),
                foci=foci,
                diary=diary,
                randomness=random.Random(stage.randomness.random()),
                over=over,
            )


def _cases() -> list[UUID]:
    return [case.id for case in CASES if case.state is State.ACTIVE]


def _wait_for_answers(diary: Diary, stage: _Stage) -> None:
    """Let a life serve for a while: a few answers, and a moment more in which others are begun."""
    enough = diary.answers + stage.randomness.randint(0, MOST_ANSWERS)
    give_up_at = time.monotonic() + LONGEST_LIFE_SECONDS
    while diary.answers < enough and time.monotonic() < give_up_at:
        time.sleep(0.01)
    time.sleep(stage.randomness.uniform(0, 0.05))


class _Weather:
    """Dataverse throttles for five minutes at a time, and then does not after all."""

    def __init__(self, stage: _Stage) -> None:
        self._stage = stage
        self.outages = 0

    def change(self, over: threading.Event) -> None:
        throttled = {"status": 429, "headers": {"Retry-After": "300"}, "times": 1_000_000}
        draw = random.Random(self._stage.randomness.random())
        while not over.wait(draw.uniform(0.5, 1.5)):
            self._stage.ask(self._stage.dataverse, "POST", "/__mock__/fail", throttled)
            self.outages += 1
            over.wait(draw.uniform(0.1, 0.5))
            self._stage.ask(self._stage.dataverse, "DELETE", "/__mock__/fail")


def _colleague(stage: _Stage, over: threading.Event) -> None:
    """Log tasks, of which webhooks tell, and have what changed worked out again."""
    for number, case in enumerate(itertools.cycle(_cases())):
        task = {
            "subject": "Call back",
            "actualdurationminutes": 1,
            "regardingobjectid_incident_task@odata.bind": f"/incidents({case})",
        }
        stage.ask(stage.dataverse, "PATCH", f"{DATAVERSE_PATH}/tasks({uuid4()})", task)
        if number % TASKS_A_TIMER == 0:
            fire = "/admin/functions/reconcile_recent"
            stage.ask(stage.functions, "POST", fire, {"input": ""})
        if over.wait(TASK_SECONDS):
            return


def _waiting(stage: _Stage) -> int:
    listing = stage.ask(stage.functions, "GET", "/admin/queues")
    return sum(each["waiting"] for each in listing.values())


def _until(done: Callable[[], bool], what: str) -> None:
    give_up_at = time.monotonic() + SETTLE_SECONDS
    while not done():
        if time.monotonic() > give_up_at:
            raise NotSettledError(f"{what} are not empty after {SETTLE_SECONDS} s")
        time.sleep(LOOK_EVERY_SECONDS)
