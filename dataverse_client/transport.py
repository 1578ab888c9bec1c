"""HTTP itself: one request, one answer. The only module that imports requests.

A `requests.Session` prepares each request anew: it merges settings, reads the environment, keeps
cookies. None of that changes between two of our requests, so it is done once, and each request is
put together by hand and given to the adapter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError

from dataverse_client.errors import DataverseUnavailable, ErrorContext
from dataverse_client.wire import Answer


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait for a connection, and for each piece of an answer."""

    connect_seconds: float = 5.0
    read_seconds: float = 60.0

    def within(self, remaining_seconds: float) -> tuple[float, float]:
        return (
            min(self.connect_seconds, remaining_seconds),
            min(self.read_seconds, remaining_seconds),
        )


class Transport:
    """Connections to one environment, shared by all threads."""

    def __init__(self, root_url: str, *, timeouts: Timeouts, pool_size: int) -> None:
        self._timeouts = timeouts
        with requests.Session() as session:
            environment = session.merge_environment_settings(
                root_url, proxies={}, stream=False, verify=None, cert=None
            )
        self._proxies = dict(environment["proxies"])
        self._verify = environment["verify"] or True
        self._adapter = _OneHostAdapter(pool_connections=1, pool_maxsize=pool_size)

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        *,
        remaining_seconds: float,
    ) -> Answer:
        """Send one request and return its answer, whatever its status.

        Raises:
            DataverseUnavailable: there is no answer.
        """
        request = requests.PreparedRequest()
        request.method, request.url, request.body = method, url, body
        request.headers = CaseInsensitiveDict(headers)
        if body is not None:
            request.headers["Content-Length"] = str(len(body))
        try:
            response = self._adapter.send(
                request,
                timeout=self._timeouts.within(remaining_seconds),
                verify=self._verify,
                proxies=self._proxies,
            )
            content = response.raw.read(decode_content=True)
        except (requests.RequestException, HTTPError, OSError) as error:
            context = ErrorContext(method, url, request_id=headers.get("x-ms-client-request-id"))
            raise DataverseUnavailable(
                f"{method} {url.partition('?')[0]}: {type(error).__name__}",
                context,
                not_run=_never_connected(error),
            ) from error
        return Answer(method, url, response.status_code, response.headers, content)

    def close(self) -> None:
        self._adapter.close()


class _OneHostAdapter(HTTPAdapter):
    """Finds its connection pool and certificates once, and keeps no cookies.

    A cookie would pin all threads to one web server of the environment.
    """

    _pool: Any = None

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if self._pool is None:
            pool = super().get_connection_with_tls_context(*args, **kwargs)
            request, verify = args
            HTTPAdapter.cert_verify(self, pool, request.url, verify, None)  # type: ignore[no-untyped-call]
            self._pool = pool
        return self._pool

    def cert_verify(self, conn: object, url: object, verify: object, cert: object) -> None:
        """Do nothing: the pool has its certificates."""

    def request_url(
        self, request: requests.PreparedRequest, proxies: Mapping[str, str] | None
    ) -> str:
        return super().request_url(request, proxies) if proxies else request.path_url

    def build_response(
        self, req: requests.PreparedRequest, resp: BaseHTTPResponse
    ) -> requests.Response:
        response = requests.Response()
        response.status_code = resp.status
        response.headers = CaseInsensitiveDict(resp.headers)
        response.raw, response.request, response.url = resp, req, str(req.url)
        return response


class _PatientSession(requests.Session):
    """A session with timeouts, which requests does not have unless each call names them."""

    def __init__(self, timeouts: Timeouts) -> None:
        super().__init__()
        self._timeouts = timeouts

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401
        kwargs.setdefault("timeout", (self._timeouts.connect_seconds, self._timeouts.read_seconds))
        return super().request(*args, **kwargs)


def login_session(timeouts: Timeouts) -> requests.Session:
    """Return the HTTP client that msal is given."""
    return _PatientSession(timeouts)


def _never_connected(error: Exception) -> bool:
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
