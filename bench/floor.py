"""The least a server can do: ``python -m bench.floor`` gives every request the same answer."""

import asyncio
import json
import sys

from tests.local_stack.lifeline import announce

ROWS = json.dumps({"value": [{"cht_minutes": minutes} for minutes in range(20)]}).encode()
HEADERS = (
    "Content-Type: application/json; odata.metadata=minimal\r\n"
    "OData-Version: 4.0\r\n"
    "x-ms-service-request-id: 7b000000-0000-4000-8000-000000000001\r\n"
    "Set-Cookie: ARRAffinity=0123456789abcdef; path=/; HttpOnly"
)
READ = f"HTTP/1.1 200 OK\r\n{HEADERS}\r\nContent-Length: {len(ROWS)}\r\n\r\n".encode() + ROWS
WRITTEN = f"HTTP/1.1 204 No Content\r\n{HEADERS}\r\n\r\n".encode()


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            for line in head.lower().split(b"\r\n"):
                if line.startswith(b"content-length:"):
                    await reader.readexactly(int(line.partition(b":")[2]))
            writer.write(READ if head.startswith(b"GET") else WRITTEN)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _run() -> None:
    server = await asyncio.start_server(_serve, "127.0.0.1", 0)
    announce(server.sockets[0].getsockname()[1])
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_run())
