import json
from datetime import timedelta
from pathlib import Path

from tests.local_stack.functions_host.settings import HostSettings, host_settings

HOST = {
    "extensions": {
        "http": {"routePrefix": "v1"},
        "queues": {
            "maxDequeueCount": 3,
            "visibilityTimeout": "00:00:30",
            "maxPollingInterval": "00:00:05",
            "batchSize": 8,
        },
    }
}


def test_without_a_host_file_the_platforms_defaults_hold(tmp_path: Path) -> None:
    assert host_settings(tmp_path, {}) == HostSettings()


def test_the_host_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "host.json").write_text(json.dumps(HOST))

    assert host_settings(tmp_path, {"PYTHON_THREADPOOL_THREAD_COUNT": "32"}) == HostSettings(
        route_prefix="v1",
        threads=32,
        batch_size=8,
        new_batch_threshold=4,
        max_dequeue_count=3,
        visibility_timeout=timedelta(seconds=30),
        max_polling_interval=timedelta(seconds=5),
    )


def test_the_environment_overrides_the_host_file(tmp_path: Path) -> None:
    (tmp_path / "host.json").write_text(json.dumps(HOST))
    name = "AzureFunctionsJobHost__extensions__queues__visibilityTimeout"

    settings = host_settings(tmp_path, {name: "00:00:00.5"})

    assert settings.visibility_timeout == timedelta(seconds=0.5)
    assert settings.max_dequeue_count == 3
