"""What an environment answered, as a file: a line of JSON for each question.

It holds statuses, codes, names of the schema, numbers and truths, and no row of anybody.
"""

import json
from collections.abc import Iterable, Iterator

from solution.tools.environment.probe.question import Conclusion, Reading, Replies, Reply, Verdict


def line_of(conclusion: Conclusion) -> str:
    """Return the line of one question, without its end."""
    replies = {name: _short(reply) for name, reply in conclusion.replies.items()}
    return json.dumps(
        {
            "probe": conclusion.question.name,
            "verdict": conclusion.reading.verdict.value,
            "said": conclusion.reading.said,
            "replies": replies,
        }
    )


def read_lines(lines: Iterable[str]) -> Iterator[tuple[str, Replies, Reading]]:
    """Yield each question's name, the replies to it, and how they were read when they came."""
    for line in lines:
        answered = json.loads(line)
        replies = {name: Reply(**reply) for name, reply in answered["replies"].items()}
        yield (
            answered["probe"],
            replies,
            Reading(Verdict(answered["verdict"]), answered["said"]),
        )


def _short(reply: Reply) -> dict[str, object]:
    """Leave out what says nothing; the status is always there."""
    told: dict[str, object] = {"status": reply.status}
    if reply.code is not None:
        told["code"] = reply.code
    if reply.session_token:
        told["session_token"] = True
    if reply.kept is not None:
        told["kept"] = reply.kept
    return told
