"""Do the functions' own calls to Dataverse work?"""

from collections.abc import Iterator
from uuid import UUID

from dataverse_client import DataverseClient
from solution.tools.environment.options import WEBHOOK_KEY, webhook_key
from solution.tools.environment.reporter import Finding, problem, warning
from solution.tools.environment.self_check import (
    RENEW_KEY,
    KeyRefused,
    Unanswered,
    Unasked,
    self_check,
)
from solution.tools.environment.session import who_am_i


def call_findings(
    dataverse: DataverseClient,
    functions_url: str | None,
    *,
    representative: UUID | None,
    case: UUID | None,
) -> Iterator[Finding]:
    """Yield what the functions say of each; without their address there is nobody to ask."""
    if functions_url is None:
        return
    who = representative or who_am_i(dataverse)
    try:
        yield from self_check(functions_url, webhook_key(), representative=who, case=case)
    except Unasked as error:
        yield warning(
            f"The functions were not asked to try their own calls: {error}.",
            f"Set {WEBHOOK_KEY} to a function key of theirs.",
        )
    except KeyRefused as error:
        yield problem(
            f"Nothing is known of the functions' own calls: {error}.",
            f"The webhook may have been given this key, too: {RENEW_KEY}.",
        )
    except Unanswered as error:
        yield problem(
            f"Nothing is known of the functions' own calls: {error}.",
            "Look at the function app, its version and its keys.",
        )
