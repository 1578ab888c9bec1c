"""Short days, told in seconds from nine o'clock."""

from collections.abc import Mapping
from dataclasses import replace

from bench.accuracy.day import ClockSet, Day, Device, Event, Outage, Window
from tests.builders import TODAY

NINE = 9 * 3600

MAIN, BESIDE = Window(1, Device.DESK), Window(2, Device.DESK)
ON_LAPTOP = Window(3, Device.LAPTOP)


def day(
    *events: Event,
    outages: tuple[Outage, ...] = (),
    clock_sets: tuple[ClockSet, ...] = (),
    clock_errors_ms: Mapping[Device, int] | None = None,
    begins: int = NINE,
) -> Day:
    """Return a day of these events, with all moments counted from its beginning."""
    return Day(
        date=TODAY,
        events=tuple(replace(each, at=begins + each.at) for each in events),
        outages=tuple(
            replace(each, start=begins + each.start, end=begins + each.end) for each in outages
        ),
        clock_sets=tuple(replace(each, at=begins + each.at) for each in clock_sets),
        clock_errors_ms=clock_errors_ms or {},
    )
