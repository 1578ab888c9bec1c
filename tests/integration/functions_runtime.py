"""Drives Microsoft's ``azure-functions-runtime``, the library inside the platform's Python worker.

The library never sees gRPC: it builds its answers from a ``protos`` object that it is handed, so
plain stand-ins do. It keeps its registry in module globals, hence a process for each app::

    python -m tests.integration.functions_runtime FOLDER

reads one JSON question a line on stdin and writes one JSON answer a line on stdout.
"""

import asyncio
import importlib
import json
import sys
import types
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import parse_qsl

from tests.local_stack.functions_host.routes import Route, RouteTable

Json = dict[str, Any]


class FunctionFailedError(Exception):
    """The runtime refused the app, or a function raised."""


class Stub:
    """A message of the protocol: what it was given are its fields, every other one is unset."""

    def __init__(self, **fields: object) -> None:
        self.__dict__.update(fields)
        self._given = [name for name in fields if name != "name" and fields[name] is not None]

    def WhichOneof(self, _group: str) -> str | None:  # noqa: N802 - protobuf's name
        return self._given[0] if self._given else None

    def __getattr__(self, name: str) -> None:
        if name.startswith("__") or name[:1].isupper():  # the library asks whether these exist
            raise AttributeError(name)


class Status(Stub):
    Failure, Success, Cancelled = 0, 1, 2


class BindingInfo(Stub):
    undefined, string, binary, stream = 0, 1, 2, 3
    out, inout = 1, 2


class Cookie(Stub):
    SameSite = types.SimpleNamespace(**{"None": 0, "Lax": 1, "Strict": 2, "ExplicitNone": 3})


PLAIN_MESSAGES = (
    "TypedData ParameterBinding RpcHttp Timestamp RpcException WorkerMetadata WorkerInitResponse"
    " FunctionMetadataResponse RpcFunctionMetadata RpcRetryOptions FunctionLoadResponse"
    " InvocationResponse NullableString NullableBool NullableDouble NullableTimestamp"
)
PROTOS = types.SimpleNamespace(
    StatusResult=Status,
    BindingInfo=BindingInfo,
    RpcHttpCookie=Cookie,
    **dict.fromkeys(PLAIN_MESSAGES.split(), Stub),
)


class Runtime:
    """One app under the library, loaded as the worker would load it."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._library: Any = importlib.import_module("azure_functions_runtime")
        self._loop = loop
        sys.path.insert(0, str(folder))
        self._library.start_threadpool_executor()
        self._ask("worker_init_request", capabilities={}, function_app_directory=str(folder))
        metadata = self._ask("functions_metadata_request")
        self._functions = {each.name: each for each in metadata.function_metadata_results or []}
        self._triggers = {
            name: next(
                binding
                for binding in map(json.loads, function.raw_bindings)
                if binding["type"].lower().endswith("trigger")
            )
            for name, function in self._functions.items()
        }
        self._routes = RouteTable(
            Route.of(name, trigger["route"], prefix="api", methods=trigger.get("methods", ()))
            for name, trigger in self._triggers.items()
            if trigger["type"] == "httpTrigger"
        )

    def close(self) -> None:
        self._library.stop_threadpool_executor()

    def answer(self, question: Json) -> Json:
        """Answer one question of the test's."""
        match question["ask"]:
            case "functions":
                return {"functions": self._triggers}
            case "http":
                return self._http(question)
            case "queue":
                return self._queue(
                    question["function"], question["body"], question.get("delivery", 1)
                )
            case "timer":
                return self._timer(question["function"])
            case other:
                raise ValueError(other)

    def _http(self, question: Json) -> Json:
        path, _, query = question["target"].partition("?")
        match = self._routes.match(question["method"], path)
        if match is None:
            return {"status": 404, "headers": {}, "body": ""}
        name, parameters = match
        body = question.get("body", "").encode()
        request = Stub(
            method=question["method"],
            url=f"http://localhost{question['target']}",
            headers=question.get("headers", {}),
            params=parameters,
            query=dict(parse_qsl(query)),
            body=Stub(bytes=body) if body else Stub(),
        )
        outcome = self._invoke(name, Stub(http=request))
        answer = outcome.return_value.http
        return {
            "function": name,
            "status": int(answer.status_code),
            "headers": dict(answer.headers),
            "body": answer.body.bytes.decode(),
            "outputs": _outputs(outcome),
        }

    def _queue(self, name: str, body: str, delivery: int) -> Json:
        now = datetime.now(UTC)
        texts = {
            "Id": str(uuid.uuid4()),
            "DequeueCount": str(delivery),
            "PopReceipt": "receipt",
            "InsertionTime": now.isoformat(),
            "ExpirationTime": (now + timedelta(days=7)).isoformat(),
            "NextVisibleTime": (now + timedelta(minutes=10)).isoformat(),
        }
        metadata = {key: Stub(string=text) for key, text in texts.items()}
        return {"outputs": _outputs(self._invoke(name, Stub(string=body), metadata))}

    def _timer(self, name: str) -> Json:
        return {"outputs": _outputs(self._invoke(name, Stub(json='{"IsPastDue": false}')))}

    def _invoke(self, name: str, data: Stub, metadata: dict[str, Stub] | None = None) -> Any:  # noqa: ANN401 - the library is untyped
        return self._ask(
            "invocation_request",
            invocation_id=str(uuid.uuid4()),
            function_id=self._functions[name].function_id,
            input_data=[Stub(name=self._triggers[name]["name"], data=data)],
            trigger_metadata=metadata or {},
            trace_context=Stub(trace_parent="", trace_state="", attributes={}),
            retry_context=Stub(retry_count=0, max_retry_count=0),
        )

    def _ask(self, kind: str, **fields: object) -> Any:  # noqa: ANN401 - the library is untyped
        request = Stub(
            request=Stub(**{kind: Stub(**fields)}),
            properties={"protos": PROTOS, "host": "127.0.0.1"},
        )
        answer = self._loop.run_until_complete(getattr(self._library, kind)(request))
        if answer.result.status != Status.Success:
            error = answer.result.exception
            raise FunctionFailedError(f"{error.message}\n{error.stack_trace}")
        return answer


def _outputs(outcome: Any) -> dict[str, object]:  # noqa: ANN401 - the library is untyped
    """Return what the function put into its output bindings."""
    given = {each.name: each.data for each in outcome.output_data or []}
    return {
        name: json.loads(data.json) if data.WhichOneof("data") == "json" else data.string
        for name, data in given.items()
    }


def serve(folder: Path, questions: TextIO, answers: TextIO) -> None:
    """Answer questions until there are no more; an error is an answer too."""
    with asyncio.Runner() as runner:
        runtime: Runtime | None = None
        for line in questions:
            try:
                runtime = runtime or Runtime(folder, runner.get_loop())
                answer = runtime.answer(json.loads(line))
            except FunctionFailedError as error:
                answer = {"error": str(error)}
            answers.write(json.dumps(answer) + "\n")
            answers.flush()
        if runtime is not None:
            runtime.close()


if __name__ == "__main__":
    # What functions print must not get between the answers.
    real_stdout, sys.stdout = sys.stdout, sys.stderr
    serve(Path(sys.argv[1]).resolve(), sys.stdin, real_stdout)
