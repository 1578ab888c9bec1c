"""Who vouches for us: the access token of each request.

The providers are shared by all threads. What they need of msal is built at the first request for
a token, and again after Dataverse has refused one.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol

import msal
from msal.exceptions import MsalError

from dataverse_client.errors import ErrorContext, TokenUnavailable
from dataverse_client.transport import Timeouts, login_session

Clock = Callable[[], float]
_Acquire = Callable[[], dict[str, Any]]

PUBLIC_CLOUD = "https://login.microsoftonline.com"
SPARE_SECONDS = 300.0
LOGIN_TIMEOUTS = Timeouts(connect_seconds=2.0, read_seconds=4.0)
"""Everybody waits for one login, so it must not take long."""


class TokenProvider(Protocol):
    """Gives access tokens. Its methods may be called by many threads at once."""

    def token(self) -> str:
        """Return a token that is good for some minutes.

        Raises:
            TokenUnavailable: there is none to be had.
        """
        ...

    def renewed(self, refused: str) -> str:
        """Return a token for one that Dataverse has refused."""
        ...


class StaticToken:
    """Always the same token, for tests."""

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self) -> str:
        return self._token

    def renewed(self, refused: str) -> str:  # noqa: ARG002  # there is no other
        return self._token


@dataclass(frozen=True, slots=True)
class _Held:
    """A token: to be replaced from one moment on, of no use from another."""

    token: str = field(repr=False)
    good_until: float
    ends_at: float


class _Remembering(ABC):
    """Keeps the token of a login until shortly before it ends."""

    def __init__(self, resource_url: str, clock: Clock) -> None:
        self._resource_url = resource_url.rstrip("/")
        self._clock = clock
        self._lock = Lock()
        self._acquire: _Acquire | None = None
        self._held: _Held | None = None

    def token(self) -> str:
        held = self._held
        if held is not None and self._clock() < held.good_until:
            return held.token
        with self._lock:
            return self._current()

    def renewed(self, refused: str) -> str:
        with self._lock:
            # Of many threads with the same refused token, the first one drops it.
            if self._held is None or self._held.token == refused:
                self._held = self._acquire = None
            return self._current()

    def _current(self) -> str:
        held = self._held
        if held is None or self._clock() >= held.good_until:
            try:
                held = self._held = self._asked()
            except TokenUnavailable:
                if held is None or self._clock() >= held.ends_at:
                    raise
        return held.token

    def _asked(self) -> _Held:
        try:
            if self._acquire is None:
                self._acquire = self._login()
            result = self._acquire()
        except (OSError, ValueError, KeyError, MsalError) as error:
            raise self._unavailable(type(error).__name__, code=None) from error
        if "access_token" not in result:
            code = str(result.get("error"))
            raise self._unavailable(f"{code} {result.get('error_description') or ''}", code=code)
        lifetime = float(result.get("expires_in", 0))
        spare = min(SPARE_SECONDS, lifetime / 2)
        ends_at = self._clock() + lifetime
        return _Held(str(result["access_token"]), ends_at - spare, ends_at)

    def _unavailable(self, reason: str, *, code: str | None) -> TokenUnavailable:
        context = ErrorContext("login", self._resource_url, code=code)
        return TokenUnavailable(f"no token for {self._resource_url}: {reason.strip()}", context)

    @abstractmethod
    def _login(self) -> _Acquire:
        """Return what asks for a token, ready to be called many times."""


class _Application(_Remembering):
    """An app registration, by whatever proves that we are it."""

    def __init__(
        self,
        tenant: str,
        client_id: str,
        credential: str | dict[str, str],
        resource_url: str,
        *,
        authority: str,
        clock: Clock,
    ) -> None:
        super().__init__(resource_url, clock)
        self._authority = f"{authority.rstrip('/')}/{tenant}"
        self._client_id = client_id
        self._credential = credential

    def _login(self) -> _Acquire:
        application = msal.ConfidentialClientApplication(
            self._client_id,
            client_credential=self._credential,
            authority=self._authority,
            instance_discovery=False,
            http_client=login_session(LOGIN_TIMEOUTS),
        )
        scopes = [f"{self._resource_url}/.default"]
        return lambda: _result(application.acquire_token_for_client(scopes=scopes))


class ClientSecret(_Application):
    """An app registration with a secret."""

    def __init__(
        self,
        tenant: str,
        client_id: str,
        secret: str,
        resource_url: str,
        *,
        authority: str = PUBLIC_CLOUD,
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__(tenant, client_id, secret, resource_url, authority=authority, clock=clock)


class ClientCertificate(_Application):
    """An app registration with a certificate: its private key and its public part, both PEM."""

    def __init__(
        self,
        tenant: str,
        client_id: str,
        private_key: str,
        certificate: str,
        resource_url: str,
        *,
        authority: str = PUBLIC_CLOUD,
        clock: Clock = time.monotonic,
    ) -> None:
        credential = {"private_key": private_key, "public_certificate": certificate}
        super().__init__(
            tenant, client_id, credential, resource_url, authority=authority, clock=clock
        )


class ManagedIdentity(_Remembering):
    """The identity Azure gives to the machine; a user-assigned one is named by its client id."""

    def __init__(
        self, resource_url: str, client_id: str | None = None, *, clock: Clock = time.monotonic
    ) -> None:
        super().__init__(resource_url, clock)
        self._client_id = client_id

    def _login(self) -> _Acquire:
        identity = (
            msal.UserAssignedManagedIdentity(client_id=self._client_id)
            if self._client_id
            else msal.SystemAssignedManagedIdentity()
        )
        client = msal.ManagedIdentityClient(identity, http_client=login_session(LOGIN_TIMEOUTS))
        resource = self._resource_url
        return lambda: _result(client.acquire_token_for_client(resource=resource))


def _result(result: object) -> dict[str, Any]:
    return result if isinstance(result, dict) else {}
