"""State and status of a row: which go together, and how they may change."""

from tests.mock_dataverse.errors import (
    INVALID_ARGUMENT,
    INVALID_STATUS,
    DataverseError,
    bad_request,
    not_simulated,
)
from tests.mock_dataverse.store import Row
from tests.mock_dataverse.tables import States, Table

ACTIVE, RESOLVED = 0, 1


def initial_state(table: Table, row: Row, *, strict: bool) -> None:
    """Complete the state of a new row; over the Web API it starts in the first one."""
    states = table.states
    if states is None:
        return
    state, status = row["statecode"], row["statuscode"]
    if state is None:
        state = ACTIVE if strict or status is None else states.state_of(int(status))
    if state is None:
        raise _mismatch(table, 0, status)
    if status is None:
        status = states.default_status(int(state))
    _require_match(table, states, int(state), int(status))
    row["statecode"], row["statuscode"] = state, status


def next_state(table: Table, before: Row, changes: Row, *, strict: bool) -> Row:
    """Return the state columns that an update changes."""
    states = table.states
    if states is None:
        return {}
    if not changes.keys() & {"statecode", "statuscode"}:
        if strict:
            _require_open(table, before)
        return {}
    state = changes.get("statecode", before["statecode"])
    if state is None:
        raise _mismatch(table, -1, None)
    status = changes.get("statuscode")
    if status is None:
        same = state == before["statecode"]
        status = before["statuscode"] if same else states.default_status(int(state))
    _require_match(table, states, int(state), int(status or 0))
    if strict:
        _require_case_transition(table, before, int(state))
    return {"statecode": state, "statuscode": status}


def _require_match(table: Table, states: States, state: int, status: int) -> None:
    if status not in states.statuses.get(state, {}):
        raise _mismatch(table, state, status)


def _mismatch(table: Table, state: int, status: object) -> DataverseError:
    return bad_request(
        INVALID_STATUS,
        f"{status} is not a valid status code for state code {state} on {table.logical_name}.",
    )


def _require_case_transition(table: Table, before: Row, state: int) -> None:
    if table.logical_name == "incident" and state == RESOLVED != before["statecode"]:
        raise bad_request(
            INVALID_ARGUMENT, "A case is resolved with CloseIncident, not by setting its state."
        )


def _require_open(table: Table, before: Row) -> None:
    """Refuse what is not publicly known: other changes to a closed case or activity."""
    closed = before["statecode"] != ACTIVE
    if closed and table.logical_name == "incident":
        raise not_simulated("changing other columns of a resolved or cancelled case")
    if closed and table.discriminator:
        raise not_simulated("changing other columns of a closed activity")
