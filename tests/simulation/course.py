"""A story under way: real functions over the mock Dataverse, until the dust has settled."""

import hashlib
from dataclasses import dataclass, field
from functools import partial

from tests.api.harness import Clock
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.faults import RecordedRequest
from tests.simulation.agenda import (
    BEGINS,
    CHANGES,
    CRASHES,
    ENDS,
    Action,
    Agenda,
    EndlessError,
)
from tests.simulation.checks import (
    Settled,
    differences,
    snapshots_of,
    stored_by_us,
)
from tests.simulation.host import Host
from tests.simulation.mishaps import (
    Died,
    Down,
    OfWeather,
    Overtaken,
    QueuesWent,
    StaleCopies,
    Trouble,
    WebhooksWent,
)
from tests.simulation.office import Office
from tests.simulation.people import Person
from tests.simulation.post import Post
from tests.simulation.story import (
    ByHand,
    ClockIsOff,
    Corrected,
    Crashed,
    Logged,
    OfDevice,
    OfOffice,
    Slept,
    Step,
    Story,
    WasOffline,
    Worked,
    began,
    ended,
    numbers,
)
from tests.simulation.truth import Truth, truth
from tests.simulation.weather import Weather
from tests.simulation.widgets import Device

QUARTER_SECONDS, HOUR_SECONDS, DAY_SECONDS = 900, 3_600, 86_400
NIGHTLY_AT = 9_000
CHANGES_EVIDENCE = {"PATCH", "PUT", "DELETE"}
RECENT, HISTORY = "reconcile_recent", "reconcile_history"


@dataclass(slots=True)
class Course:
    """A story under way."""

    story: Story
    mock: MockDataverse
    clock: Clock
    truth: Truth = field(init=False)
    agenda: Agenda = field(init=False)
    host: Host = field(init=False)
    office: Office = field(init=False)
    people: dict[int, Person] = field(default_factory=dict)
    devices: dict[tuple[int, int], Device] = field(default_factory=dict)
    told: bytes = b""
    """Every request to Dataverse, in a few bytes each."""
    _weather: Weather = field(init=False)
    _post: Post = field(init=False)
    _snapshots: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.truth = truth(self.story)
        self.agenda = Agenda(self.clock)
        self.host = Host(self.mock, self.clock, agenda=self.agenda)
        self.host.after_message = self._look_at_snapshots
        self.office = Office(self.mock, closed=self._closed, opened=self._opened)
        self._weather = Weather(self.mock, self.host, self.agenda, self._refresh_all)
        self._post = Post(self.host, self.agenda)

    def play(self) -> list[str]:
        """Let everything happen, then everything settle; return what is not as it must be."""
        self._furnish()
        for step in self.story:
            self._enter(step)
        last = ended(self.story)
        self.set_timers(began(self.story), last)
        try:
            self._let_happen(until=last)
            found = self.deliver_all()
            self._settle()
            self.host.met["pieces"] = sum(len(each.recorded) for each in self.devices.values())
            found += differences(self.settled())
            found += self._settled_twice()
        except EndlessError as error:
            found = [str(error)]
        return self.host.problems + found

    def _furnish(self) -> None:
        users, cases = numbers(self.story, "who"), numbers(self.story, "case", "into")
        self.office.furnish(self.host, users=users, cases=cases)
        for who, user in self.office.users.items():
            self.people[who] = Person(user, self.host, self.agenda, self.office)

    def _device(self, who: int, number: int) -> Device:
        if (who, number) not in self.devices:
            self.devices[who, number] = Device(
                who,
                number,
                self.office.users[who],
                self.host,
                self.agenda,
                self.office.case_id,
                self.office.is_open,
            )
        return self.devices[who, number]

    def _enter(self, step: Step) -> None:
        """Put a step on the agenda."""
        if isinstance(step, OfDevice):
            self._enter_work(step, self._device(step.who, step.device))
        elif isinstance(step, ByHand):
            self._enter_by_hand(step)
        elif isinstance(step, OfWeather):
            self._enter_weather(step)
        elif isinstance(step, OfOffice):
            self._at(step.at, partial(self.office.happen, step))
        elif isinstance(step, WebhooksWent):
            self._at(step.start, partial(self._post.follow, step))
        elif isinstance(step, QueuesWent):
            self._at(step.start, partial(self.host.follow, step))
        else:
            self.mock.setting("cht_ReportingTimeZone", step.zone)

    def _at(self, moment: int, action: Action) -> None:
        self.agenda.add(moment, action, rank=CHANGES)

    def _enter_work(self, step: OfDevice, device: Device) -> None:
        match step:
            case Worked():
                self.agenda.add(step.start, lambda: self._work(step, device), rank=BEGINS)
            case Slept():
                self._at(step.start, device.fall_asleep)
                self._at(step.end, device.wake)
            case WasOffline():
                self._at(step.start, device.lose_network)
                self._at(step.end, device.find_network)
            case Crashed():
                self.agenda.add(step.at, device.crash, rank=CRASHES)
            case ClockIsOff():
                device.clock_error = step.seconds

    def _enter_by_hand(self, step: ByHand) -> None:
        """Have somebody enter something; a log is changed by whoever logged it."""
        if isinstance(step, Logged | Corrected):
            whose = [step.who]
        else:
            logged = (each for each in self.story if isinstance(each, Logged))
            whose = [each.who for each in logged if each.log == step.log]
        if whose:
            self._at(step.at, partial(self.people[whose[0]].enter, step))

    def _enter_weather(self, step: OfWeather) -> None:
        weather = self._weather
        match step:
            case Trouble():
                self._at(step.at, lambda: weather.trouble(step))
            case Down():
                self._at(step.start, lambda: weather.down(step))
            case StaleCopies():
                self._at(step.start, lambda: weather.lag(step))
                self._at(step.end, weather.look_at_copies)
            case Died():
                self._at(step.at, lambda: weather.die(step))
            case Overtaken():
                self._at(step.at, lambda: weather.overtake(step))

    def _work(self, step: Worked, device: Device) -> None:
        page = device.open(step)
        self.agenda.add(step.end, lambda: device.close(page), rank=ENDS)

    def set_timers(self, first: int, last: int) -> None:
        for at in range(first - first % QUARTER_SECONDS, last, QUARTER_SECONDS):
            self.agenda.add(at, lambda: self.host.on_time(RECENT))
            if at % DAY_SECONDS == NIGHTLY_AT:
                self.agenda.add(at, lambda: self.host.on_time(HISTORY))

    def _let_happen(self, *, until: int | None = None) -> None:
        self.agenda.run(until=until, after_each=self.pump)

    def deliver_all(self) -> list[str]:
        """Let nothing go wrong any more, and everything be delivered; return what is wrong now."""
        self._weather.clear()
        for device in self.devices.values():
            device.go_well()
        self._let_happen()
        return []

    def _settle(self) -> None:
        """Let everything be worked off."""
        for timer in (RECENT, RECENT, HISTORY):
            self._advance(HOUR_SECONDS // 2)
            self.host.on_time(timer)
            self.pump()
            self._let_happen()

    def settled(self) -> Settled:
        return Settled(
            truth=self.truth,
            mock=self.mock,
            host=self.host,
            office=self.office,
            people=self.people,
            devices=self.devices,
        )

    def _settled_twice(self) -> list[str]:
        """Reconcile all once more; it must find nothing to do."""
        before = stored_by_us(self.mock)
        for timer in (RECENT, HISTORY):
            self._advance(QUARTER_SECONDS)
            self.host.on_time(timer)
            self._let_happen()
        after = stored_by_us(self.mock)
        return [
            f"settled twice, {table} changed" for table in before if before[table] != after[table]
        ]

    def _advance(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    def pump(self) -> None:
        """Send the webhooks of what just happened, and note what was asked of Dataverse."""
        self._post.send(self.mock.take_webhooks())
        for request in self.mock.requests:
            self.host.met["requests"] += 1
            self._mind_evidence(request)
            digest = f"{self.agenda.now} {request.method} {request.path} {request.status}"
            self.told = hashlib.sha256(self.told + digest.encode()).digest()
        self.mock.clear_requests()

    def _mind_evidence(self, request: RecordedRequest) -> None:
        """I6: no code path updates or deletes a segment."""
        for method, path in [(request.method, request.path), *(each[:2] for each in request.parts)]:
            if method in CHANGES_EVIDENCE and "cht_focussegments" in path:
                self.host.problems.append(f"evidence was touched: {method} {path}")

    def _refresh_all(self) -> None:
        for device in self.devices.values():
            device.refresh()

    def _closed(self, case: int) -> None:
        for device in self.devices.values():
            device.see_closed(case)

    def _opened(self, case: int) -> None:
        for device in self.devices.values():
            device.see_opened(case)

    def _look_at_snapshots(self, _queue: str) -> None:
        now = snapshots_of(self.mock)
        for row_id, row in self._snapshots.items():
            if row_id in now and now[row_id] != row:
                self.host.problems.append(f"snapshot {row_id} changed: {row} -> {now[row_id]}")
        self._snapshots |= now
