"""What a faked Dataverse says, and where it lives."""

import json
from uuid import UUID

from dataverse_client.wire import Answer

ENVIRONMENT = "https://org.crm4.dynamics.com"
API = f"{ENVIRONMENT}/api/data/v9.2/"
CASE = UUID("5c0e7f3a-0000-4000-8000-000000000001")
LOG = UUID("1e0e7f3a-0000-4000-8000-000000000002")
USER = UUID("aa0e7f3a-0000-4000-8000-000000000003")
TOKEN = "token-of-the-test"


def an_answer(
    status: int = 200,
    body: object = b"",
    headers: dict[str, str] | None = None,
    *,
    method: str = "GET",
) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(method, API + "incidents?$select=title", status, headers or {}, raw)


def an_error(code: object = "0x80040217", message: str = "no", **more: object) -> dict[str, object]:
    return {"error": {"code": code, "message": message, **more}}
