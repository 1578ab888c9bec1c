"""Calling functions: what they are handed, on which threads, and what becomes of their outputs."""

import concurrent.futures
import json
import threading
import types
import uuid
from dataclasses import dataclass
from pathlib import Path

import azure.functions as func

from tests.local_stack.functions_host.app import Function
from tests.local_stack.functions_host.queues import Queues


class Out:
    """An output binding as a function sees it: nothing is sent before the function returned."""

    def __init__(self) -> None:
        self._value: object = None

    def set(self, value: object) -> None:
        self._value = value

    def get(self) -> object:
        return self._value


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """``func.Context`` of one call."""

    invocation_id: str
    function_name: str
    function_directory: str
    thread_local_storage: threading.local
    trace_context: types.SimpleNamespace
    retry_context: types.SimpleNamespace


class Worker:
    """Runs functions on one pool of threads, as many as the platform's worker would have."""

    def __init__(self, folder: Path, queues: Queues, *, threads: int | None) -> None:
        self._folder = folder
        self._queues = queues
        self._pool = concurrent.futures.ThreadPoolExecutor(threads, "function")

    def call(self, function: Function, argument: object) -> object:
        """Run a function to its end, deliver its messages and return what it returned.

        Raises:
            Exception: whatever the function raised; then nothing is delivered.
        """
        return self._pool.submit(self._run, function, argument).result()

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _run(self, function: Function, argument: object) -> object:
        outputs = {parameter: Out() for parameter in function.outputs}
        arguments: dict[str, object] = {function.trigger_parameter: argument, **outputs}
        if function.wants_context:
            arguments["context"] = self._context(function)
        result = function.handler(**arguments)
        for parameter, out in outputs.items():
            for body in messages_of(out.get()):
                self._queues[function.outputs[parameter]].put(body)
        return result

    def _context(self, function: Function) -> Context:
        trace, span = uuid.uuid4().hex, uuid.uuid4().hex[:16]
        return Context(
            invocation_id=str(uuid.uuid4()),
            function_name=function.name,
            function_directory=str(self._folder),
            thread_local_storage=threading.local(),
            trace_context=types.SimpleNamespace(
                trace_parent=f"00-{trace}-{span}-01", trace_state="", attributes={}
            ),
            retry_context=types.SimpleNamespace(retry_count=0, max_retry_count=0, exception=None),
        )


def messages_of(value: object) -> list[bytes]:
    """Return the queue messages that an output amounts to: of a list, one per item.

    Raises:
        TypeError: the platform cannot send it.
    """
    match value:
        case None:
            return []
        case str():
            return [value.encode()]
        case bytes():
            return [value]
        case func.QueueMessage():
            return [value.get_body()]
        case dict():
            return [json.dumps(value).encode()]
        case list():
            return [_item(item) for item in value]
        case _:
            raise TypeError(f"a {type(value).__name__} cannot be sent to a queue")


def _item(item: object) -> bytes:
    if isinstance(item, str | dict | func.QueueMessage):
        return messages_of(item)[0]
    raise TypeError(f"a {type(item).__name__} in a list cannot be sent to a queue")
