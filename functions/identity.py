"""Who calls: the Entra access token of a request, checked in code, the same everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

import jwt

LEEWAY_SECONDS = 60
KEYS_TIMEOUT_SECONDS = 4
KEYS_LIFESPAN_SECONDS = 86_400
REQUIRED_CLAIMS = ("exp", "iss", "aud", "tid", "oid", "scp")


class NotSignedIn(Exception):  # noqa: N818 - an answer, not a fault
    """The request has no token that we accept; the text says why and shows nothing of it."""


class MissingScope(Exception):  # noqa: N818 - an answer, not a fault
    """The token is good, but does not grant the use of this API."""


class SignInUnavailable(Exception):  # noqa: N818 - may work later
    """The issuer's keys cannot be had, so nobody's token can be checked."""


class SigningKeys(Protocol):
    """The issuer's public keys."""

    def get_signing_key(self, kid: str) -> jwt.PyJWK:
        """Return the key of an id.

        Raises:
            jwt.PyJWKClientError: there is none, or the keys cannot be read.
        """


def keys_at(url: str) -> SigningKeys:
    """Return the keys published at a URL: kept for a day, read again when a new one is named."""
    return jwt.PyJWKClient(
        url, lifespan=KEYS_LIFESPAN_SECONDS, timeout=KEYS_TIMEOUT_SECONDS, cooldown_duration=30
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCheck:
    """What a token must be: signed by ``issuer`` of ``tenant`` for ``audience`` with ``scope``."""

    issuer: str
    audience: str
    tenant: UUID
    scope: str
    keys: SigningKeys = field(repr=False)

    def caller(self, headers: Mapping[str, str]) -> UUID:
        """Return the Entra object id of the one who signed in.

        Raises:
            NotSignedIn: no token, or none that we accept.
            MissingScope: a token that was not granted for this.
            SignInUnavailable: the issuer's keys cannot be read.
        """
        claims = self._claims(_bearer(headers))
        if claims["tid"] != str(self.tenant):
            raise NotSignedIn("the token is of another tenant")
        if self.scope not in str(claims["scp"]).split():
            raise MissingScope(f"the token does not grant {self.scope}")
        try:
            return UUID(claims["oid"])
        except (ValueError, AttributeError, TypeError) as error:
            raise NotSignedIn("the token names nobody") from error

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            key = self.keys.get_signing_key(jwt.get_unverified_header(token).get("kid", ""))
            return jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                audience=self.audience,
                issuer=self.issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": list(REQUIRED_CLAIMS)},
            )
        except jwt.PyJWKClientConnectionError as error:
            raise SignInUnavailable("the sign-in service does not answer") from error
        except jwt.ExpiredSignatureError as error:
            raise NotSignedIn("the token has expired") from error
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise NotSignedIn("the token is not valid here") from error


def _bearer(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("send an access token: Authorization: Bearer …")
    return token.strip()
