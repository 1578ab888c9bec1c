"""What the functions say of their own calls to Dataverse, asked with their function key."""

import re
from collections.abc import Iterable, Iterator
from uuid import UUID

import requests

from solution.tools.environment.options import WEBHOOK_KEY
from solution.tools.environment.reporter import Finding, ok, problem
from solution.tools.errors import SolutionError

TIMEOUT_SECONDS = 90.0
"""The functions give their calls a minute; an app that slept takes a while to wake up."""

RENEW_KEY = (
    f"set {WEBHOOK_KEY} to the functions' key (`az functionapp keys list -g GROUP -n APP"
    " --query functionKeys.default -o tsv`) and run `deploy` again with --renew-key"
)
"""What helps when the functions refuse a key that the webhook was given."""

WHY_NOT = {
    requests.codes.not_found: "the functions have no self-check: they are of an older version",
}


class Unanswered(SolutionError):  # noqa: N818 - it says what happened
    """The functions did not tell of their calls; the text says why."""


class Unasked(Unanswered):
    """They were not asked, for lack of a key."""


class KeyRefused(Unanswered):
    """They do not accept the key."""


def self_check(
    functions_url: str, key: str | None, *, representative: UUID, case: UUID | None
) -> list[Finding]:
    """Have the functions try their calls for a representative, and return what they say of each.

    Raises:
        Unasked: there is no key.
        KeyRefused: the key is not theirs.
        Unanswered: they say nothing.
    """
    if not key:
        raise Unasked(f"{WEBHOOK_KEY} is not set, and the self-check needs a function key")
    body = {"representative": str(representative), "caseId": None if case is None else str(case)}
    try:
        answer = requests.post(
            f"{functions_url}/self-check",
            json=body,
            headers={"x-functions-key": key},
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
        )
        document = answer.json() if answer.status_code == requests.codes.ok else None
    except (requests.RequestException, ValueError) as error:
        raise Unanswered(f"the functions do not answer: {why_silent(error)}") from error
    findings = list(_findings(document))
    if not findings:
        status = answer.status_code
        if status == requests.codes.unauthorized:
            raise KeyRefused(f"the functions do not accept the key in {WEBHOOK_KEY}")
        raise Unanswered(WHY_NOT.get(status, f"the functions answer with status {status}"))
    return findings


def why_silent(error: Exception) -> str:
    """Return why the functions gave no answer that can be read."""
    unreached = isinstance(error, requests.ConnectionError)
    if unreached and not isinstance(error, requests.exceptions.SSLError):
        return "they cannot be reached (is the address right?)"
    return type(error).__name__


def _findings(document: object) -> Iterator[Finding]:
    checks = document.get("checks") if isinstance(document, dict) else None
    for line in checks if isinstance(checks, list) else []:
        name = re.sub(r"([A-Z])", r" \1", str(line.get("check"))).lower()
        answered = _joined(line.get(part) for part in ("status", "code"))
        what = f"Self-check, {name}{f' ({answered})' if answered else ''}"
        follows = str(line.get("follows"))
        yield ok(f"{what}: {follows}") if line.get("ok") else problem(f"{what} failed.", follows)


def _joined(parts: Iterable[object]) -> str:
    return " ".join(str(part) for part in parts if part)
