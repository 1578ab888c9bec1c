"""What host.json says, as far as this host follows it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

OVERRIDE = "AzureFunctionsJobHost"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSettings:
    """The settings, with the platform's defaults."""

    route_prefix: str = "api"
    threads: int | None = None
    batch_size: int = 16
    new_batch_threshold: int = 8
    max_dequeue_count: int = 5
    visibility_timeout: timedelta = timedelta()
    max_polling_interval: timedelta = timedelta(minutes=1)

    @property
    def messages_at_once(self) -> int:
        return self.batch_size + self.new_batch_threshold


def host_settings(folder: Path, environment: Mapping[str, str]) -> HostSettings:
    """Return the settings of the app in a folder; the environment overrides the file.

    A variable ``AzureFunctionsJobHost__extensions__queues__batchSize`` stands for that key, as on
    the platform.
    """
    file = folder / "host.json"
    content: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    for name, value in environment.items():
        first, *path = name.split("__")
        if first == OVERRIDE and path:
            _put(content, path, value)
    extensions = content.get("extensions", {})
    queues = extensions.get("queues", {})
    batch_size = int(queues.get("batchSize", 16))
    threads = environment.get("PYTHON_THREADPOOL_THREAD_COUNT")
    return HostSettings(
        route_prefix=str(extensions.get("http", {}).get("routePrefix", "api")).strip("/"),
        threads=int(threads) if threads else None,
        batch_size=batch_size,
        new_batch_threshold=int(queues.get("newBatchThreshold", batch_size // 2)),
        max_dequeue_count=int(queues.get("maxDequeueCount", 5)),
        visibility_timeout=_time_span(str(queues.get("visibilityTimeout", "00:00:00"))),
        max_polling_interval=_time_span(str(queues.get("maxPollingInterval", "00:01:00"))),
    )


def _put(content: dict[str, Any], path: list[str], value: str) -> None:
    for name in path[:-1]:
        content = content.setdefault(name, {})
    content[path[-1]] = value


def _time_span(text: str) -> timedelta:
    hours, minutes, seconds = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))
