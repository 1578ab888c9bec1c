"""Which storage account a command works on, and what it says when that does not work."""

import re

import pytest
import requests
from azure.core.pipeline.transport import HttpTransport

from tests.unit.operations.aside import aside
from tests.unit.operations.conftest import KEY, Poison
from tests.unit.operations.storage import ACCOUNT, Storage, served

CONNECTION = "AzureWebJobsStorage"
ADDRESS = "AzureWebJobsStorage__queueServiceUri"
TOKEN = "CHT_STORAGE_TOKEN"


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        pytest.param({}, f"{CONNECTION} is not set, and {ADDRESS} neither", id="nothing"),
        pytest.param(
            {CONNECTION: "AccountName=cht"}, f"{CONNECTION} is no connection string", id="a part"
        ),
        pytest.param(
            {ADDRESS: "http://cht.queue.core.windows.net", TOKEN: "t"},
            f"{ADDRESS} does not begin with https://",
            id="in the clear",
        ),
        pytest.param(
            {ADDRESS: "https://", TOKEN: "t"}, f"{ADDRESS} is no address: ", id="without a host"
        ),
        pytest.param(
            {ADDRESS: ACCOUNT, TOKEN: "token\nof a test"},
            f"{TOKEN} is not one word, as a token is\n",
            id="two lines",
        ),
        pytest.param({ADDRESS: ACCOUNT}, f"{TOKEN} is not set, which {ADDRESS} needs", id="nobody"),
    ],
)
def test_a_variable_that_is_missing_or_wrong_is_named(
    poison: Poison,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    complaint: str,
) -> None:
    monkeypatch.delenv(CONNECTION)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    ran = poison("list")

    assert ran.code == 2
    assert ran.err.startswith(f"poison: {complaint}")


def test_a_token_is_enough_where_the_app_signs_in_by_its_identity(
    storage: Storage, poison: Poison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CONNECTION)
    monkeypatch.setenv(ADDRESS, ACCOUNT)
    monkeypatch.setenv(TOKEN, "token-of-a-test\n")
    storage.put("reconcile-poison", aside())

    assert poison("replay").code == 0
    assert {each.headers["Authorization"] for each in storage.requests} == {
        "Bearer token-of-a-test"
    }


def test_who_is_refused_is_told_by_whom_and_not_with_what(storage: Storage, poison: Poison) -> None:
    storage.refused = {"GET"}

    ran = poison("list")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(
        "poison: cht.queue.core.windows.net does not let us in "
        "(It says AuthorizationPermissionMismatch.). "
    )
    assert KEY not in ran.err


def test_another_refusal_is_told_in_its_words(storage: Storage, poison: Poison) -> None:
    storage.put("reconcile-poison", aside())
    storage.on_send = lambda *_: storage.queues["reconcile-poison"][0].__setattr__("takes", 9)

    ran = poison("replay")

    assert ran.code == 1
    assert ran.err == "poison: cht.queue.core.windows.net: It says PopReceiptMismatch.\n"


def test_an_account_that_does_not_answer_is_tried_again_and_then_named(
    poison: Poison, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(HttpTransport, "sleep", lambda _, seconds: waits.append(seconds))
    with served(Storage()) as router:
        router.replace("GET", re.compile(re.escape(ACCOUNT)), body=requests.ConnectionError("no"))

        ran = poison("list")

    assert (ran.code, len(waits)) == (1, 3)
    assert sum(waits) <= 10
    assert ran.err.startswith("poison: cht.queue.core.windows.net does not answer: ")
