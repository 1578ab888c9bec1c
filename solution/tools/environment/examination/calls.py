"""Do the functions' own calls to Dataverse work?"""

from collections.abc import Iterator
from uuid import UUID

from dataverse_client import DataverseClient
from solution.tools.environment.deployment.proof import who_am_i
from solution.tools.environment.options import WEBHOOK_KEY, webhook_key
from solution.tools.environment.reporter import Finding, problem, warning
from solution.tools.environment.self_check import Unanswered, self_check


def call_findings(
    dataverse: DataverseClient,
    functions_url: str | None,
    *,
    representative: UUID | None,
    case: UUID | None,
) -> Iterator[Finding]:
    """Yield what the functions say of each; without their address there is nobody to ask."""
    key = webhook_key()
    if functions_url is None:
        return
    if key is None:
        yield warning(
            "The functions were not asked to try their own calls.",
            f"Set {WEBHOOK_KEY} to a function key of theirs.",
        )
        return
    who = representative or who_am_i(dataverse)
    try:
        yield from self_check(functions_url, key, representative=who, case=case)
    except Unanswered as error:
        yield problem(
            f"Nothing is known of the functions' own calls: {error}.",
            "Look at the function app, its version and its keys.",
        )
