"""Runs the units of a batch in order; a change set is atomic on standard tables."""

import json
import re
from dataclasses import dataclass, replace

from tests.mock_dataverse.batch import ChangeSet, Part, Unit, write_batch
from tests.mock_dataverse.calls import Answer, Call
from tests.mock_dataverse.dispatch import kept_elastic_writes, perform, refusal
from tests.mock_dataverse.environment import SERVICE_ROOT, Environment
from tests.mock_dataverse.errors import HTTP_ERROR, DataverseError, bad_request
from tests.mock_dataverse.faults import Fault
from tests.mock_dataverse.row_calls import TOKEN_HEADER
from tests.mock_dataverse.security import Caller

REFERENCE = re.compile(r"\$([\w.-]+)")
NAMING = ("@odata.bind", "@odata.id")
FAILURE = 400


@dataclass(frozen=True, slots=True)
class PartResult:
    """What became of one part, for the request log."""

    method: str
    path: str
    status: int


class MemberFailedError(Exception):
    """A member of a change set was refused."""

    def __init__(self, call: Call, error: DataverseError) -> None:
        super().__init__(str(error))
        self.call = call
        self.error = error


def run_batch(
    env: Environment,
    caller: Caller,
    units: list[Unit],
    *,
    continue_on_error: bool,
    fault: Fault | None = None,
) -> tuple[Answer, list[PartResult]]:
    """Return the multipart answer, and what became of each part that was run.

    Raises:
        ConnectionDroppedError: the fault breaks the connection at its part.
    """
    answers: list[Answer | list[tuple[str | None, Answer]]] = []
    results: list[PartResult] = []
    status = 200
    for unit in units:
        if isinstance(unit, Part):
            spoilt = fault if fault and fault.part == len(results) else None
            answer = complete(env, _run_part(env, caller, unit.call, spoilt))
            answers.append(answer)
            results.append(_result(unit, answer.status))
        else:
            changes = _run_change_set(env, caller, unit)
            answers.append(changes)
            results += _results(unit, changes)
        worst = results[-1].status if results else 200
        if worst >= FAILURE and not continue_on_error:
            status = worst
            break
    return write_batch(answers, status=status), results


def complete(env: Environment, answer: Answer) -> Answer:
    """Add what every part of a batch carries; a created row is also its Location."""
    headers = {**answer.headers, "OData-Version": "4.0"}
    if not env.switches.batch_session_tokens:
        headers.pop(TOKEN_HEADER, None)
    if answer.status == 204 and "OData-EntityId" in headers:
        headers["Location"] = headers["OData-EntityId"]
    return replace(answer, headers=headers)


def _run_part(env: Environment, caller: Caller, call: Call, fault: Fault | None) -> Answer:
    if fault and fault.when == "before":
        return fault.answer()
    try:
        answer = perform(env, caller, call)
    except DataverseError as error:
        answer = refusal(error, call)
    return fault.answer() if fault else answer


def _run_change_set(
    env: Environment, caller: Caller, unit: ChangeSet
) -> Answer | list[tuple[str | None, Answer]]:
    try:
        with kept_elastic_writes(env), env.webhooks.after_commit(), env.store.transaction():
            return _members(env, caller, unit)
    except MemberFailedError as failed:
        answer = complete(env, refusal(failed.error, failed.call))
        return [(None, answer)] if env.switches.changeset_error_wrapped else answer


def _members(env: Environment, caller: Caller, unit: ChangeSet) -> list[tuple[str | None, Answer]]:
    created: dict[str, str] = {}
    answers: list[tuple[str | None, Answer]] = []
    for part in unit.parts:
        call = part.call
        try:
            call = _resolved(env, part.call, created)
            answer = complete(env, perform(env, caller, call))
        except DataverseError as error:
            raise MemberFailedError(call, error) from error
        if part.content_id and "OData-EntityId" in answer.headers:
            created[part.content_id] = answer.headers["OData-EntityId"]
        answers.append((part.content_id, answer))
    return answers


def _resolved(env: Environment, call: Call, created: dict[str, str]) -> Call:
    """Replace ``$1`` at the start of the URL and where the body names another row."""

    def address(name: str) -> str:
        if name not in created:
            raise bad_request(
                HTTP_ERROR, f"Content-ID reference '${name}' does not exist in the batch context."
            )
        return created[name]

    path = call.path
    if match := REFERENCE.match(path):
        url = address(match[1])
        path = url.removeprefix(env.base_url + SERVICE_ROOT) + path[match.end() :]
    if b'"$' not in call.body:
        return replace(call, path=path)
    body = {
        name: address(value[1:])
        if name.endswith(NAMING) and isinstance(value, str) and REFERENCE.fullmatch(value)
        else value
        for name, value in call.json_body().items()
    }
    return replace(call, path=path, body=json.dumps(body).encode())


def _result(part: Part, status: int) -> PartResult:
    return PartResult(part.call.method, part.call.path, status)


def _results(
    unit: ChangeSet, changes: Answer | list[tuple[str | None, Answer]]
) -> list[PartResult]:
    if isinstance(changes, Answer):
        return [_result(part, changes.status) for part in unit.parts]
    if len(changes) != len(unit.parts):
        return [_result(part, changes[0][1].status) for part in unit.parts]
    return [
        _result(part, answer.status) for part, (_, answer) in zip(unit.parts, changes, strict=True)
    ]
