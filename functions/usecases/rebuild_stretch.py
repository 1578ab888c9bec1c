"""Which days a rebuild makes again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from functions.timekeeping.days import ONE_DAY, day_of
from functions.timekeeping.settings import Settings
from functions.usecases.reconcile_days import oldest_day

DAYS_A_WEEK = 7


class TooOld(Exception):  # noqa: N818 - it says what is wrong
    """Days were asked for whose evidence may have expired: none before ``oldest`` can be made."""

    def __init__(self, day: date, oldest: date, retention_days: int) -> None:
        super().__init__(f"{day} is before {oldest}")
        self.day = day
        self.oldest = oldest
        self.retention_days = retention_days


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from the first to the last; with ``and_later`` the last stands for all after it, too."""

    first: date
    last: date
    and_later: bool = False

    @property
    def length(self) -> int:
        return max(0, (self.last - self.first).days + 1)

    def weeks(self) -> Iterator["Stretch"]:
        """Yield the same days, oldest first, at most seven at a time.

        Of a whole week a representative's days are read and written together.
        """
        for start in range(0, self.length, DAYS_A_WEEK):
            first = self.first + start * ONE_DAY
            last = min(first + (DAYS_A_WEEK - 1) * ONE_DAY, self.last)
            yield Stretch(first, last, and_later=self.and_later and last == self.last)


def stretch_of(
    first: date | None, last: date | None, *, settings: Settings, now: datetime
) -> Stretch:
    """Return the days to be made again; everything within the retention unless said otherwise.

    Raises:
        TooOld: some of them can no longer be made from their evidence.
    """
    oldest = oldest_day(settings, now)
    for day in (first, last):
        if day is not None and day < oldest:
            raise TooOld(day, oldest, settings.retention_days)
    # Rows that say to be of a day to come are counted by every reader, so they are made as well.
    until = last or max(first or oldest, day_of(now, settings.reporting_zone))
    return Stretch(first or oldest, until, and_later=last is None)
