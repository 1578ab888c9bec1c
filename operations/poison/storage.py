"""The queues of the function app's storage account: where they are, and what is in them.

Secrets come from environment variables only, by the names that the app has them under.
"""

import base64
import binascii
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from azure.core.credentials import AccessToken
from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    HttpResponseError,
    ResourceNotFoundError,
    ServiceRequestError,
    ServiceResponseError,
)
from azure.storage.queue import QueueClient, QueueMessage, QueueServiceClient

from functions.contracts.message import STORAGE

ADDRESS = f"{STORAGE}__queueServiceUri"
TOKEN = "CHT_STORAGE_TOKEN"  # noqa: S105 - the name of a variable

CREDENTIALS = f"""\
Which storage account, and who we are there, is said by environment variables, never by options:
  {STORAGE}  the app's connection string
or, where the app signs in by its identity:
  {ADDRESS}
                       where its queues are, such as https://ACCOUNT.queue.core.windows.net
  {TOKEN}    an access token of somebody with the role Storage Queue Data Contributor, such
                       as the output of
                       az account get-access-token --resource https://storage.azure.com
                       --query accessToken -o tsv
"""

MOST_AT_ONCE = 32
"""What storage shows, or hands out, in one answer."""

HIDDEN_SECONDS = 300
"""How long nobody else gets what was taken, if this process dies before it gives it back."""

FOREVER = -1
"""Else storage forgets a message after seven days."""


PATIENCE: Mapping[str, Any] = {
    "initial_backoff": 1,
    "increment_base": 1,
    "random_jitter_range": 1,
}
"""Somebody waits: three more tries, each after two seconds or so."""


class BadVariable(Exception):  # noqa: N818 - it says what is wrong
    """A variable, named in the text, is missing or wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage:
    """One message; ``receipt`` is what it is deleted with, and None if it was only looked at."""

    id: str
    body: str
    inserted_at: datetime
    expires_at: datetime
    receipt: str | None


class StorageQueue:
    """One queue; one that does not exist is empty."""

    def __init__(self, client: QueueClient) -> None:
        self._client = client

    def count(self) -> int:
        """Return about how many messages are in it, the hidden ones included."""
        with suppress(ResourceNotFoundError):
            return self._client.get_queue_properties().approximate_message_count or 0
        return 0

    def first(self) -> list[StoredMessage]:
        """Look at the first 32 of those that are not hidden; nothing changes."""
        with suppress(ResourceNotFoundError):
            return [_stored(each) for each in self._client.peek_messages(MOST_AT_ONCE)]
        return []

    @contextmanager
    def taken(self) -> Iterator[dict[str, StoredMessage]]:
        """Take all messages, by id, and give back in the end what is still in the mapping."""
        messages: dict[str, StoredMessage] = {}
        try:
            with suppress(ResourceNotFoundError):
                received = self._client.receive_messages(
                    messages_per_page=MOST_AT_ONCE, visibility_timeout=HIDDEN_SECONDS
                )
                for page in received.by_page():
                    some = {str(each.id): _stored(each) for each in page}
                    comes_back = not messages.keys().isdisjoint(some)
                    messages |= some
                    if comes_back:  # after so many that it would never end
                        break
            yield messages
        finally:
            # Where one cannot be given back, none can; they come back by themselves.
            with suppress(AzureError):
                for message in messages.values():
                    self._client.update_message(message.id, message.receipt, visibility_timeout=0)

    def put(self, body: str) -> None:
        """Put a message into it, as the app would; create it if need be."""
        text = base64.b64encode(body.encode()).decode()
        try:
            self._client.send_message(text, time_to_live=FOREVER)
        except ResourceNotFoundError:
            self._client.create_queue()
            self._client.send_message(text, time_to_live=FOREVER)

    def delete(self, message: StoredMessage) -> None:
        """Delete a message that was taken."""
        self._client.delete_message(message.id, message.receipt)


class StorageAccount:
    """The queues of one account, by name."""

    def __init__(self, client: QueueServiceClient) -> None:
        self._client = client

    def __getitem__(self, name: str) -> StorageQueue:
        return StorageQueue(self._client.get_queue_client(name))

    def plain(self, error: AzureError) -> str:
        """Return what went wrong, for whoever typed the command."""
        host = urlsplit(self._client.url).netloc
        match error:
            case ClientAuthenticationError() | HttpResponseError(status_code=401 | 403):
                return (
                    f"{host} does not let us in ({_first_line(error)}). A token lasts an hour, and "
                    "is of somebody with the role Storage Queue Data Contributor."
                )
            case ServiceRequestError() | ServiceResponseError():
                return f"{host} does not answer: {_first_line(error)}"
            case _:
                return f"{host}: {_first_line(error)}"


@contextmanager
def storage_account(variables: Mapping[str, str]) -> Iterator[StorageAccount]:
    """Give the account that the variables describe.

    Raises:
        BadVariable: they say nothing, or only a part of it.
    """
    with _client(variables) as client:
        yield StorageAccount(client)


def _client(variables: Mapping[str, str]) -> QueueServiceClient:
    connection, address, token = (
        variables.get(name, "").strip() for name in (STORAGE, ADDRESS, TOKEN)
    )
    if connection:
        try:
            return QueueServiceClient.from_connection_string(connection, **PATIENCE)
        except ValueError as error:
            raise BadVariable(f"{STORAGE} is no connection string: {error}") from error
    if not address:
        raise BadVariable(f"{STORAGE} is not set, and {ADDRESS} neither")
    if not address.startswith("https://"):
        raise BadVariable(f"{ADDRESS} does not begin with https://")
    if not token:
        raise BadVariable(f"{TOKEN} is not set, which {ADDRESS} needs")
    if not re.fullmatch(r"[!-~]+", token):
        # The HTTP library would show it in its error.
        raise BadVariable(f"{TOKEN} is not one word, as a token is")
    try:
        return QueueServiceClient(address, GivenToken(token), **PATIENCE)
    except ValueError as error:
        raise BadVariable(f"{ADDRESS} is no address: {error}") from error


class GivenToken:
    """A token that somebody else got; storage tells when it is no longer good."""

    def __init__(self, token: str) -> None:
        self._token = token

    def get_token(self, *_: str, **__: object) -> AccessToken:
        return AccessToken(self._token, int(time.time()) + 3600)


def _stored(message: QueueMessage) -> StoredMessage:
    return StoredMessage(
        id=str(message.id),
        body=_text(message.content),
        inserted_at=cast("datetime", message.inserted_on),
        expires_at=cast("datetime", message.expires_on),
        receipt=message.pop_receipt,
    )


def _text(content: str) -> str:
    """Return what a message says; one that is not base64, as the host's are, is its own text."""
    try:
        return base64.b64decode(content, validate=True).decode("utf-8", "backslashreplace")
    except binascii.Error:
        return content


def _first_line(error: AzureError) -> str:
    return str(error).partition("\n")[0]
