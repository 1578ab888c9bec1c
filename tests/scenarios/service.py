"""The functions as a representative calls them, without a widget between."""

from typing import Any
from uuid import UUID

from playwright.sync_api import APIResponse

from tests.scenarios.office import Office


class Service:
    """What Amira can call about one case."""

    def __init__(self, day: Office, *, case: UUID) -> None:
        self._day = day
        self._case = case

    def refresh(self, app: str) -> dict[str, Any]:
        """Refresh the case's time, which tells tracking, settings and scope."""
        answer = self._post("refresh", {"sentAt": self._now(), "surface": "hub", "app": app})
        assert answer.status == 200, answer.text()
        refreshed: dict[str, Any] = answer.json()
        return refreshed

    def log_time(self, app: str) -> int:
        """Try to log five minutes; returns the status."""
        body = {"minutes": 5, "category": 0}
        return self._post(f"time-logs?app={app}", body).status

    def _now(self) -> str:
        return self._day.stack.clock().isoformat()

    def _post(self, path: str, body: object) -> APIResponse:
        addresses, request = self._day.stack.addresses, self._day.context.request
        token = request.get(f"{addresses.tokens}/token?user=amira").json()["token"]
        return request.post(
            f"{addresses.api}/cases/{self._case}/{path}",
            data=body,
            headers={"Authorization": f"Bearer {token}"},
        )
