"""A Dataverse that costs next to nothing: it asks the mock once and repeats the answer.

``python -m bench.replay --latency-ms 80`` prints ``{"port": ...}``; ends when its stdin does. Two
requests are alike when they act as the same user and have the same lines that start with a method.
"""

import argparse
import asyncio
import io
import sys

from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.office import CASE, DRIVER
from tests.local_stack.lifeline import announce
from tests.mock_dataverse.app import MockDataverse

METHODS = (b"GET ", b"POST ", b"PATCH ")


class Replay:
    """Answers from memory, after a delay."""

    def __init__(self, latency_seconds: float) -> None:
        self._latency_seconds = latency_seconds
        self._answers: dict[bytes, bytes] = {}
        self._mock = MockDataverse(authenticate=lambda _: self._mock.service_user_id)
        self._mock.add_user("Driver", systemuserid=DRIVER, entra_object_id=DRIVER)
        self._mock.add_row("incident", {"incidentid": CASE, "title": "Bench"})

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests until it is closed."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(_length(head))
                await asyncio.sleep(self._latency_seconds)
                writer.write(self._answer(head, body))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, head: bytes, body: bytes) -> bytes:
        caller = b"callerobjectid" in head.lower()
        lines = (line for line in body.split(b"\r\n") if line.startswith(METHODS))
        key = b"\n".join([head.partition(b"\r\n")[0], str(caller).encode(), *lines])
        if key not in self._answers:
            self._answers[key] = self._asked(head, body)
        return self._answers[key]

    def _asked(self, head: bytes, body: bytes) -> bytes:
        first, *fields = head.decode().strip().split("\r\n")
        method, path, _ = first.split(" ")
        headers = [(name, value) for name, _, value in (f.partition(": ") for f in fields)]
        builder = EnvironBuilder(
            path=path, method=method, headers=headers, input_stream=io.BytesIO(body)
        )
        chunks, status, answered = run_wsgi_app(self._mock, builder.get_environ())
        content = b"".join(chunks)
        answered["Content-Length"] = str(len(content))
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in answered.items())]
        return "\r\n".join([*lines, "", ""]).encode() + content


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


async def _run(latency_seconds: float) -> None:
    replay = Replay(latency_seconds)
    server = await asyncio.start_server(replay.serve, "127.0.0.1", 0, backlog=512)
    announce(server.sockets[0].getsockname()[1])
    await asyncio.to_thread(sys.stdin.read)
    server.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.replay")
    parser.add_argument("--latency-ms", type=float, default=0.0)
    asyncio.run(_run(parser.parse_args().latency_ms / 1000))


if __name__ == "__main__":
    main()
