"""Where things are: environment variables, read and validated once."""

from enum import StrEnum
from functools import cache
from typing import Annotated, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ENTRA = "https://login.microsoftonline.com"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def _secure(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError("must be an https URL; plain http only to this machine")
    return url


Url = Annotated[str, AfterValidator(_secure)]


class Credential(StrEnum):
    """How the functions sign in to Dataverse."""

    MANAGED_IDENTITY = "managed_identity"
    CLIENT_SECRET = "client_secret"  # noqa: S105 - the name of a way
    CLIENT_CERTIFICATE = "client_certificate"


class Configuration(BaseSettings):
    """The function app's settings: ``CHT_`` and the name in capitals.

    Args:
        dataverse_url: the environment, such as ``https://org.crm4.dynamics.com``.
        dataverse_credential: how we sign in there.
        client_id: of our app registration, or of a user-assigned managed identity.
        client_secret: a secret of the registration.
        client_key: its private key, PEM.
        client_certificate: its certificate, PEM.
        token_tenant: whose people may call us.
        token_audience: what their tokens must be for: our app id URI or client id.
        token_scope: what they must have been granted.
        token_issuer: who signs tokens; of the tenant unless said otherwise.
        token_keys_url: where its keys are; of the tenant unless said otherwise.
    """

    model_config = SettingsConfigDict(env_prefix="CHT_", frozen=True, hide_input_in_errors=True)

    dataverse_url: Annotated[Url, AfterValidator(lambda url: url.rstrip("/"))]
    dataverse_credential: Credential = Credential.MANAGED_IDENTITY
    client_id: UUID | None = None
    client_secret: SecretStr | None = None
    client_key: SecretStr | None = None
    client_certificate: str | None = None
    token_tenant: UUID
    token_audience: str = Field(min_length=1)
    token_scope: str = "access_as_user"  # noqa: S105 - a name
    token_issuer: Url = ""
    token_keys_url: Url = ""

    @model_validator(mode="before")
    @classmethod
    def _of_the_tenant(cls, values: dict[str, object]) -> dict[str, object]:
        authority = f"{ENTRA}/{values.get('token_tenant')}"
        return {
            "token_issuer": f"{authority}/v2.0",
            "token_keys_url": f"{authority}/discovery/v2.0/keys",
            **values,
        }

    @model_validator(mode="after")
    def _credential_is_complete(self) -> Self:
        needs = {
            Credential.MANAGED_IDENTITY: (),
            Credential.CLIENT_SECRET: ("client_id", "client_secret"),
            Credential.CLIENT_CERTIFICATE: ("client_id", "client_key", "client_certificate"),
        }
        missing = [name for name in needs[self.dataverse_credential] if not getattr(self, name)]
        if missing:
            names = ", ".join(f"CHT_{name.upper()}" for name in missing)
            raise ValueError(f"{self.dataverse_credential} needs {names}")
        return self


@cache
def configuration() -> Configuration:
    """Return the configuration.

    Raises:
        pydantic.ValidationError: a variable is missing or not what it should be.
    """
    return Configuration()
