"""The clock of the mock, which can be shown earlier moments while the past is put in place."""

from datetime import UTC, datetime


class OfficeClock:
    """Tells the real time, except while it is shown another."""

    def __init__(self) -> None:
        self._shown: datetime | None = None

    def __call__(self) -> datetime:
        return self._shown or datetime.now(UTC)

    def show(self, moment: datetime) -> None:
        self._shown = moment

    def show_now(self) -> None:
        self._shown = None
