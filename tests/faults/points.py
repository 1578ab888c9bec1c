"""Where a story can go wrong: each request, part, message and answer of a run without faults.

Nobody lists them, so a new call cannot be forgotten. A request is known by who asks for what, and
how many of the same were before: two that are under way at once may come in any order.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from requests import ReadTimeout

from tests.faults.figures import Figures, figures
from tests.faults.trouble import ANSWERED, DONE, PUT, Around, Moment
from tests.faults.world import ID, World, a_world
from tests.mock_dataverse.faults import RecordedRequest, When

Story = Callable[[World], None]

TRIES = 4
"""How often the client sends a request."""

HANGS_SECONDS = 60
ROOT = "/api/data/v9.2/"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: by whom, and the method and path of it and of its parts."""

    who: str
    what: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, request: RecordedRequest) -> "Asked":
        who = str(request.caller) if request.impersonating else "the service"
        parts = tuple(_described(method, path) for method, path, _ in request.parts)
        return cls(who, _described(request.method, request.path.removeprefix(ROOT)), parts)

    def __str__(self) -> str:
        several = Counter(self.parts)
        parts = ", ".join(f"{n} {part}" if n > 1 else part for part, n in several.items())
        return f"{self.what} by {self.who}" + (f" ({parts})" if parts else "")


def _described(method: str, path: str) -> str:
    return f"{method} {ID.sub('*', path)}"


@dataclass(frozen=True, slots=True)
class Request:
    """The how-manieth request, from 0, that asks for something; or one part of it."""

    asked: Asked
    number: int
    part: int | None = None

    def __str__(self) -> str:
        name = f"{self.asked}, time {self.number + 1}"
        return name if self.part is None else f"{name}, part {self.part + 1}"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a request goes wrong.

    Args:
        name: what people call it.
        status: of the answer; 0 for a broken connection.
        when: before the work is done, or after.
        times: for so many of the client's attempts.
        retry_after: seconds that the answer asks for.
        page: HTML in the place of an answer.
        hangs: nothing comes until the client gives up.
        dies: the functions' process dies.
    """

    name: str
    status: int = 503
    when: When = "before"
    times: int = TRIES
    retry_after: int | None = None
    page: str | None = None
    hangs: bool = False
    dies: bool = False

    def __str__(self) -> str:
        return self.name

    def happens(self, world: World, point: Request) -> None:
        """Let it happen when the story comes to the point."""

        def instead() -> None:
            world.happened += 1
            if self.hangs:
                world.clock.advance(seconds=HANGS_SECONDS)
                raise ReadTimeout
            if self.dies:
                world.dies()

        headers = {"Retry-After": str(self.retry_after)} if self.retry_after else {}
        world.mock.faults.add(
            self.status,
            headers,
            self.page,
            when=self.when,
            times=self.times,
            skip=point.number,
            matching=lambda request: is_ours(world, request) and Asked.of(request) == point.asked,
            drop=self.status == 0,
            part=point.part,
            instead=instead,
        )


OF_A_REQUEST = (
    Kind("429 for a moment", 429, times=1, retry_after=1),
    Kind("429 for long", 429, times=1, retry_after=300),
    Kind("503 before the effect"),
    Kind("503 once, after the effect", when="after", times=1),
    Kind("503 after the effect", when="after"),
    Kind("a timeout before the effect", hangs=True),
    Kind("a timeout after the effect", when="after", hangs=True),
    Kind("an HTML page after the effect", 502, when="after", page="<html>gateway</html>"),
    Kind("an HTML page with status 200", 200, when="after", page="<html>sign in</html>"),
    Kind("a reset before the effect", 0),
    Kind("a reset once, after the effect", 0, when="after", times=1),
    Kind("a reset after the effect", 0, when="after"),
    Kind("the process dies before the effect", dies=True),
    Kind("the process dies after the effect", when="after", dies=True),
)
PART_NOT_RUN = (Kind("it fails alone", times=1), Kind("it alone is throttled", 429, times=1))
PART_IN_DOUBT = (
    Kind("it fails alone, after its effect", 500, when="after", times=1),
    Kind("the batch breaks off before it", 0),
    Kind("the batch breaks off behind it", 0, when="after", times=1),
)
AROUND = {
    PUT: (Around.NOT_PUT, Around.DIES_AFTER_PUT),
    DONE: (Around.COMES_AGAIN,),
    ANSWERED: (Around.ANSWER_LOST,),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a story goes wrong at one point."""

    point: Request | Moment
    kind: Kind | Around

    def __str__(self) -> str:
        return f"{self.point}: {self.kind}"

    def changes(self, story: Story, end: Figures) -> str:
        """Return in one line what it changes of the story's end; nothing if that is nothing."""
        try:
            return self._strikes(story).instead_of(end)
        except AssertionError as error:
            return repr(error)

    def _strikes(self, story: Story) -> Figures:
        match self.point, self.kind:
            case Request() as point, Kind() as kind:
                made = a_world(lambda world: kind.happens(world, point))
            case Moment() as moment, Around() as around:
                made = a_world(trouble=(moment, around))
            case _:
                raise AssertionError(f"there is no such fault: {self}")
        with made as world:
            story(world)
            world.settles()
            assert world.happened, "the story did not come to it"
            return figures(world)


@dataclass(frozen=True, slots=True)
class Recording:
    """A story without faults: what it came to, where it can go wrong, and what ran."""

    end: Figures
    requests: tuple[Asked, ...]
    moments: tuple[Moment, ...]
    ran: frozenset[str]

    def points(self) -> dict[tuple[Kind | Around, ...], list[Request | Moment]]:
        """Return all points by the kinds of faults that make sense at them."""
        before: Counter[Asked] = Counter()
        found: dict[tuple[Kind | Around, ...], list[Request | Moment]] = {
            kinds: [each for each in self.moments if each.what == what]
            for what, kinds in AROUND.items()
        }
        found |= {OF_A_REQUEST: [], PART_NOT_RUN: [], PART_IN_DOUBT: []}
        for asked in self.requests:
            number = before[asked]
            before[asked] += 1
            found[OF_A_REQUEST].append(Request(asked, number))
            for part, what in enumerate(asked.parts):
                point = Request(asked, number, part)
                found[PART_NOT_RUN].append(point)
                if not what.startswith("GET"):
                    found[PART_IN_DOUBT].append(point)
        return found

    def all_faults(self) -> list[Fault]:
        """Return every kind at every point."""
        return [
            Fault(point, kind)
            for kinds, points in self.points().items()
            for point in points
            for kind in kinds
        ]

    def some_faults(self, turn: int) -> list[Fault]:
        """Return as many as it takes for each point to have a fault and each kind a point.

        Which kinds come to which points is different from turn to turn, and always the same.
        """
        return [
            Fault(points[number % len(points)], kinds[(turn + number) % len(kinds)])
            for kinds, points in self.points().items()
            if points
            for number in range(max(len(points), len(kinds)))
        ]


def is_ours(world: World, request: RecordedRequest) -> bool:
    """Tell whether the functions sent a request, and not somebody at a desk."""
    return request.sender == world.mock.service_user_id


def recorded(story: Story) -> Recording:
    """Tell a story without faults."""
    asked: list[Asked] = []

    def listens(world: World) -> None:
        def heard(request: RecordedRequest) -> bool:
            if is_ours(world, request):
                asked.append(Asked.of(request))
            return False

        world.mock.faults.add(0, matching=heard)

    with a_world(listens) as world:
        story(world)
        world.settles()
        return Recording(figures(world), tuple(asked), tuple(world.moments), frozenset(world.ran))
