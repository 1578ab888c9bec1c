"""Processes that keep their queues in Azurite, as they are started."""

import subprocess
from pathlib import Path

import pytest
from azure.core.exceptions import ServiceRequestError
from azure.storage.queue import QueueServiceClient

from tests.local_stack.children import ROOT, Child
from tests.local_stack.process import command
from tests.real_queues.hosts import SOON, queues_of

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

APP = """
import azure.functions as func

app = func.FunctionApp()


@app.queue_trigger(arg_name="message", queue_name="work", connection="C")
@app.queue_output(arg_name="done", queue_name="done", connection="C")
def work(message: func.QueueMessage, done: func.Out[str]) -> None:
    done.set(f"{message.get_body().decode()}, delivery {message.dequeue_count}")
"""


def test_a_host_process_works_off_what_another_left(storage: str, tmp_path: Path) -> None:
    (tmp_path / "function_app.py").write_text(APP)
    queues_of(storage)["work"].put(b"interrupted")
    queues_of(storage)["work"].take(1)

    with Child("tests.local_stack.functions_host", str(tmp_path), f"--storage={storage}") as host:
        host.port()
        (done,) = queues_of(storage)["done"].take(1, within_seconds=SOON)

    assert done.body == b"interrupted, delivery 2"


def test_the_stack_tells_where_its_queues_are_and_takes_them_with_it() -> None:
    process = subprocess.Popen(
        command("--port", "0", "--seed", "empty", "--queues", "azurite"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            line = next(line for line in process.stdout or () if "AzureWebJobsStorage" in line)
            service = QueueServiceClient.from_connection_string(
                line.split("'")[1], use_env_settings=False, retry_total=0
            )
            queues = {queue.name for queue in service.list_queues()}
        finally:
            process.terminate()
            process.communicate()

    assert {"focus-segments", "reconcile", "case-events"} <= queues
    assert process.returncode == 0
    with service, pytest.raises(ServiceRequestError):
        list(service.list_queues())
