"""What the service says of itself."""

from typing import Literal

from functions.contracts.wire import Moment, View


class DataverseHealthView(View):
    """Whether Dataverse answered this process's last call; null before the first."""

    reachable: bool | None
    answered_at: Moment | None


class WebhooksHealthView(View):
    """How many webhooks this process could not read since it started, and when the last came."""

    unreadable: int
    last_unreadable_at: Moment | None


class SettingsHealthView(View):
    """Whether Dataverse told the settings when it was asked last; null before the first time."""

    readable: bool | None


class HealthView(View):
    """``GET health``: up; whether Dataverse answers, settings are told, webhooks are read."""

    status: Literal["up"]
    dataverse: DataverseHealthView
    settings: SettingsHealthView
    webhooks: WebhooksHealthView


class HeardView(View):
    """The answer to a webhook, of which Dataverse reads the status: how much will follow."""

    queued: int


class InvalidField(View):
    """One place in a request that is not what it should be."""

    field: str
    detail: str


class ProblemView(View):
    """A problem document (RFC 9457); ``type`` is stable, ``errors`` name places in the request.

    ``retryAfterSeconds`` repeats the header for pages of another origin, which cannot read it.
    """

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: tuple[InvalidField, ...] | None = None
    retry_after_seconds: int | None = None
