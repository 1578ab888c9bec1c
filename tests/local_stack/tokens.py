"""Tokens as Entra issues them, signed by a key that lives as long as the process."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

TENANT = "5f1c2d0e-7a43-4c7b-9a55-0d4a1e6f8b21"
AUDIENCE = "api://case-handling-time"
APPLICATION_ID = uuid.UUID("0e5d3c1b-2f64-4b8a-8d13-7c9a6e2f4b50")
LIFETIME = timedelta(hours=1)
ALGORITHM = "RS256"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the id that tokens name it by."""

    private: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def public(self) -> dict[str, str]:
        """Return the public half as a JSON Web Key."""
        key: dict[str, str] = json.loads(
            jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key())
        )
        return {**key, "kid": self.id, "use": "sig", "alg": ALGORITHM}

    def public_pem(self) -> str:
        return (
            self.private.public_key()
            .public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            .decode()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssuer:
    """Signs tokens for the API and for Dataverse."""

    issuer: str
    key: SigningKey = field(default_factory=SigningKey)

    def for_api(self, entra_object_id: uuid.UUID, *, now: datetime) -> str:
        """Return a person's token for the functions, as the widget gets one."""
        return self._signed(
            AUDIENCE, now, oid=str(entra_object_id), scp="access_as_user", ver="2.0"
        )

    def for_dataverse(
        self, audience: str, *, now: datetime, entra_object_id: uuid.UUID | None = None
    ) -> str:
        """Return a token for Dataverse: a person's, or without one the application's."""
        who = (
            {"appid": str(APPLICATION_ID), "azp": str(APPLICATION_ID)}
            if entra_object_id is None
            else {"oid": str(entra_object_id)}
        )
        return self._signed(audience, now, **who)

    def _signed(self, audience: str, now: datetime, **claims: str) -> str:
        issued = int(now.timestamp())
        payload = {
            "iss": self.issuer,
            "aud": audience,
            "tid": TENANT,
            "iat": issued,
            "nbf": issued,
            "exp": issued + int(LIFETIME.total_seconds()),
            **claims,
        }
        return jwt.encode(payload, self.key.private, ALGORITHM, headers={"kid": self.key.id})
