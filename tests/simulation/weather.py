"""What goes wrong between the functions and Dataverse."""

from functools import partial

import requests

from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import RecordedRequest, When
from tests.mock_dataverse.platform_rows import ADMINISTRATOR_ID
from tests.simulation.agenda import Action, Agenda
from tests.simulation.host import Host
from tests.simulation.mishaps import Died, Down, Ill, Overtaken, StaleCopies, Trouble
from tests.simulation.mishaps import When as Place

PAGE = "<!DOCTYPE html><html><body>We will be back soon.</body></html>"
AFTER = {
    Ill.UNAVAILABLE_AFTER,
    Ill.HTML_AFTER,
    Ill.RESET_AFTER,
    Ill.TIMEOUT_AFTER,
    Ill.PART_AFTER,
}
FOREVER = 1_000_000_000
PATIENCE_SECONDS = 61.0


class Weather:
    """Faults of the mock, as the story tells them."""

    def __init__(self, mock: MockDataverse, host: Host, agenda: Agenda, others: Action) -> None:
        self._mock = mock
        self._host = host
        self._agenda = agenda
        self._others = others
        self._lags: list[StaleCopies] = []

    def trouble(self, step: Trouble) -> None:
        ill = step.ill
        when: When = "after" if ill in AFTER else "before"

        def met() -> None:
            self._host.met[f"requests: {ill.value}"] += 1
            if ill in (Ill.TIMEOUT, Ill.TIMEOUT_AFTER):
                self._host.patience += PATIENCE_SECONDS
                raise requests.ReadTimeout

        status, headers, body, drop = 503, {}, None, False
        match ill:
            case Ill.THROTTLED:
                status, headers = 429, {"Retry-After": "2"}
            case Ill.THROTTLED_FOR_LONG:
                status, headers = 429, {"Retry-After": "300"}
            case Ill.HTML | Ill.HTML_AFTER:
                body = PAGE
            case Ill.RESET | Ill.RESET_AFTER:
                drop = True
            case _:
                pass
        self._mock.faults.add(
            status,
            headers,
            body,
            when=when,
            times=step.times,
            skip=step.skip,
            matching=_is_batch if ill in (Ill.PART, Ill.PART_AFTER) else _is_ours,
            drop=drop,
            part=step.skip % 3 if ill in (Ill.PART, Ill.PART_AFTER) else None,
            instead=met,
        )

    def down(self, step: Down) -> None:
        def is_down(request: RecordedRequest) -> bool:
            return _is_ours(request) and step.start <= self._agenda.now < step.end

        def met() -> None:
            self._host.met["requests: Dataverse is down"] += 1

        self._mock.faults.add(503, times=FOREVER, matching=is_down, instead=met)

    def die(self, step: Died) -> None:
        """Kill an instance at a request; at what else it does, the host sees to it."""
        if step.when not in (Place.BEFORE_REQUEST, Place.AFTER_REQUEST):
            self._host.follow(step)
            return

        when: When = "before" if step.when is Place.BEFORE_REQUEST else "after"
        die = partial(self._host.die, step.when)
        self._mock.faults.add(0, when=when, skip=step.skip, matching=_is_ours, instead=die)

    def overtake(self, step: Overtaken) -> None:
        """Let something else happen before a request; the request itself goes well."""
        left = step.skip

        def once(request: RecordedRequest) -> bool:
            nonlocal left
            if not _is_ours(request) or left < 0 or self._host.overtaking:
                return False
            left -= 1
            if left < 0:
                self._host.overtake(self._others)
            return False

        self._mock.faults.add(0, matching=once)

    def lag(self, step: StaleCopies) -> None:
        """Let copies be old; where two steps say so, by the greater."""
        self._lags.append(step)
        self.look_at_copies()

    def look_at_copies(self) -> None:
        now = self._agenda.now
        lags = [each.seconds for each in self._lags if each.start <= now < each.end]
        self._mock.elastic_lag_seconds = float(max(lags, default=0))

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._mock.faults.clear()
        self._host.forget_deaths()
        self._lags.clear()
        self.look_at_copies()


def _is_ours(request: RecordedRequest) -> bool:
    return request.sender != ADMINISTRATOR_ID


def _is_batch(request: RecordedRequest) -> bool:
    return _is_ours(request) and len(request.parts) > 2
