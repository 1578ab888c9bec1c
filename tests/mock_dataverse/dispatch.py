"""One operation to its answer: the address and the method decide who does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from tests.mock_dataverse.addresses import Address, Operation, RowKey, parse_address
from tests.mock_dataverse.aggregates import aggregated
from tests.mock_dataverse.below import below
from tests.mock_dataverse.bulk_deletion import look_at_bulk_deletions
from tests.mock_dataverse.calls import Answer, Call
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.errors import DataverseError, wrong_method
from tests.mock_dataverse.fetch_xml import OPTION, as_query_options
from tests.mock_dataverse.keys import located
from tests.mock_dataverse.lockdown import require_customizable, show_settings
from tests.mock_dataverse.metadata.answering import answer_metadata, is_metadata
from tests.mock_dataverse.operations import OPERATIONS, run_operation
from tests.mock_dataverse.platform_rows import offer_steps
from tests.mock_dataverse.platform_tables import MESSAGE_FILTER, ORGANIZATION, STEP
from tests.mock_dataverse.reading import list_rows, one_row
from tests.mock_dataverse.row_calls import patch_row, post_row, remove_row
from tests.mock_dataverse.security import Caller
from tests.mock_dataverse.solutions.jobs import look_at_jobs


def perform(env: Environment, caller: Caller, call: Call) -> Answer:
    """Do it, whole or not at all.

    Raises:
        DataverseError: the answer is a refusal, and nothing was changed.
    """
    env.store.expire(env.now.timestamp())
    if call.method == "GET":
        return _perform(env, caller, call)
    with kept_elastic_writes(env), env.webhooks.after_commit(), env.store.transaction():
        return _perform(env, caller, call)


def _perform(env: Environment, caller: Caller, call: Call) -> Answer:
    if is_metadata(call.path):
        return answer_metadata(env, caller, call)
    address = parse_address(env.schema, call.path, OPERATIONS)
    if isinstance(address, Operation):
        return run_operation(env, caller, address, call)
    if address.table in (MESSAGE_FILTER, STEP):
        offer_steps(env)
    if address.table == ORGANIZATION:
        show_settings(env)
    if call.method != "GET":
        require_customizable(env, address.table)
    if address.key:
        address = replace(address, key=located(env, address.table, address.key))
    if address.rest:
        return below(env, caller, address, call)
    if address.key is None:
        return _on_set(env, caller, address, call)
    return _on_row(env, caller, address, address.key, call)


@contextmanager
def kept_elastic_writes(env: Environment) -> Iterator[None]:
    """Put elastic writes back after a rollback inside: elastic tables have no transactions."""
    position = env.elastic.position
    try:
        yield
    except BaseException:
        for write in env.elastic.since(position):
            write.put(env.store, write.after)
        env.people.forget()
        raise


def refusal(error: DataverseError, call: Call) -> Answer:
    """Return the error as an answer."""
    annotated = call.preferences.wants("Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus")
    content = {"Content-Type": "application/json; odata.metadata=minimal"}
    return Answer(error.status, {**content, **error.headers}, error.body(annotated=annotated))


def _on_set(env: Environment, caller: Caller, address: Address, call: Call) -> Answer:
    match call.method:
        case "GET" if "$apply" in call.options:
            return aggregated(env, caller, address.table, call)
        case "GET" if OPTION in call.options:
            told = as_query_options(address.table, call, env.now.date())
            return list_rows(env, caller, address.table, told)
        case "GET":
            return list_rows(env, caller, address.table, call)
        case "POST":
            return post_row(env, caller, address.table, call)
        case _:
            raise wrong_method(call.method)


def _on_row(env: Environment, caller: Caller, address: Address, key: RowKey, call: Call) -> Answer:
    match call.method:
        case "GET":
            look_at_jobs(env, key.row_id)
            look_at_bulk_deletions(env, key.row_id)
            return one_row(env, caller, address.table, key, call)
        case "PATCH":
            return patch_row(env, caller, address.table, key, call)
        case "DELETE":
            return remove_row(env, caller, address.table, key, call)
        case _:
            raise wrong_method(call.method)
