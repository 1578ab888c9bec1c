"""Reading one's own writes of elastic tables, whose reads otherwise may lag behind."""

from collections.abc import Mapping
from threading import Lock

from dataverse_client.wire import Answer


class SessionTokens:
    """The newest session token of each table, shared by all threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._tokens: dict[str, str] = {}

    def remember(self, entity_set: str, answer: Answer) -> None:
        """Keep the token of a write, if its answer has one; only elastic tables send it."""
        token = answer.headers.get("x-ms-session-token")
        if token and entity_set and answer.method != "GET":
            with self._lock:
                self._tokens[entity_set] = token

    def headers(self, entity_set: str) -> Mapping[str, str]:
        """Return what to send so that the answer shows what was written before."""
        token = self._tokens.get(entity_set)
        return {"MSCRM.SessionToken": token} if token else {}
