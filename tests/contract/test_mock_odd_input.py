"""Whatever a client sends is answered: nothing that it says is a fault of the mock itself."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from tests.contract.ticking import Clock
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse

ROOT = "/api/data/v9.2/"
ANSWERS = frozenset({200, 204, 400, 404, 405, 501})
"""Done, wrong, not there, or not simulated."""
PIECES = (
    "name eq ",
    "accountid eq ",
    "statecode eq ",
    "createdon ge ",
    "_ownerid_value eq ",
    "contains(name,",
    "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=",
    "Microsoft.Dynamics.CRM.On(PropertyName='createdon',PropertyValue='",
    "Microsoft.Dynamics.CRM.AttributeTypeCode'String'",
    "'a]b'",
    "''",
    '["a]b","c"]',
    *"[]\"'\\(),=;/?#&%$@\x00\n",
    " and ",
    " or ",
    "not ",
    "null",
    "true",
    "2026-01-31",
    "9999-12-31T23:59:59-14:00",
    "00000000-0000-0000-0000-000000000000",
    "99999999999999999999",
    "1.5",
    "\N{PILE OF POO}",
)
odd_texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=8).map(
    "".join
)
NO_ROW = "accounts(00000000-0000-0000-0000-000000000001)"
TABLE = "EntityDefinitions(LogicalName='account')"
NAMES = (
    *("name", "accountid", "statecode", "createdon", "ownerid", "ownerid@odata.bind", "x"),
    *("@odata.type", "@odata.id", "value", "Targets", "SchemaName", "KeyAttributes", "Status"),
    *("IncidentResolution", "primarycontactid", "Incident_Tasks"),
)
odd_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | odd_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(odd_texts, inner, max_size=2),
    max_leaves=4,
)
odd_bodies = st.binary() | st.dictionaries(st.sampled_from(NAMES), odd_values).map(
    lambda body: json.dumps(body).encode()
)
many_times = settings(max_examples=50, deadline=None)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """One environment for many examples; what is no answer at all is raised here."""
    mock = MockDataverse(clock=Clock())
    mock.limits.requests = 10**9
    yield Client(mock)
    mock.close()


def sent(
    client: Client, method: str, path: str, body: bytes = b"", kind: str = "application/json"
) -> TestResponse:
    headers = {"Authorization": f"Bearer {ADMIN_TOKEN}"}
    return client.open(ROOT + path, method=method, data=body, headers=headers, content_type=kind)


@many_times
@given(text=odd_texts)
@example(text="\N{SUPERSCRIPT TWO}")
@example(text="9" * 5000)
@example(text="statecode eq 99999999999999999999")
@example(text=f"statecode eq {'9' * 5000}")
@example(text='Microsoft.Dynamics.CRM.In(PropertyName=\'statecode\',PropertyValues=["9e99","x"])')
@example(text=f"Microsoft.Dynamics.CRM.In(PropertyName='statecode',PropertyValues=[\"{10**30}\"])")
@example(text=f"{'(' * 60}name eq null")
@example(text="createdon ge 9999-12-31T23:59:59-14:00")
@example(text="Microsoft.Dynamics.CRM.On(PropertyName='createdon',PropertyValue='9999-12-31')")
@pytest.mark.parametrize("option", ["$filter", "$orderby", "$select", "$expand", "$apply", "$top"])
def test_an_odd_query_is_answered(client: Client, option: str, text: str) -> None:
    answer = sent(client, "GET", f"accounts?{option}={quote(text)}")

    assert answer.status_code in ANSWERS


@many_times
@given(text=odd_texts)
@pytest.mark.parametrize("option", ["$filter", "$select", "$expand", "$orderby"])
@pytest.mark.parametrize("path", ["EntityDefinitions", f"{TABLE}/Attributes", "incidents/$count"])
def test_an_odd_query_of_anything_else_is_answered(
    client: Client, path: str, option: str, text: str
) -> None:
    answer = sent(client, "GET", f"{path}?{option}={quote(text)}")

    assert answer.status_code in ANSWERS


@many_times
@given(text=odd_texts)
@pytest.mark.parametrize(
    "path", ["{}", "accounts({})", "accounts(name='{}')", "EntityDefinitions({})", "{row}/{}"]
)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_odd_path_is_answered(client: Client, method: str, path: str, text: str) -> None:
    answer = sent(client, method, path.format(quote(text), row=NO_ROW))

    assert answer.status_code in ANSWERS


@many_times
@given(body=odd_bodies)
@example(body=rb'{"name":"\ud83d"}')
@example(body=b'{"name":"\xed\xa0\xbd"}')
@example(body=b'{"name":' + b"[" * 100_000)
@example(body=b'{"statecode":NaN}')
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "accounts"),
        ("PATCH", NO_ROW),
        ("PUT", f"{NO_ROW}/name"),
        ("PUT", f"{NO_ROW}/ownerid/$ref"),
        ("POST", f"{TABLE}/Keys"),
        ("POST", "accounts/Microsoft.Dynamics.CRM.UpsertMultiple"),
        ("POST", "CloseIncident"),
    ],
)
def test_an_odd_body_is_answered(client: Client, method: str, path: str, body: bytes) -> None:
    answer = sent(client, method, path, body)

    assert answer.status_code in ANSWERS


@many_times
@given(line=st.binary() | odd_texts.map(str.encode), body=odd_bodies)
@example(line=b"GET http://[ HTTP/1.1", body=b"")
@example(line=b"GET accounts?$filter=\xff HTTP/1.1", body=b"")
def test_an_odd_batch_is_answered(client: Client, line: bytes, body: bytes) -> None:
    part = b"--b\r\nContent-Type: application/http\r\n\r\n" + line + b"\r\n\r\n" + body
    answer = sent(client, "POST", "$batch", part + b"\r\n--b--\r\n", "multipart/mixed; boundary=b")

    assert answer.status_code in ANSWERS


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(rb'{"name":"\ud83d"}', id="half an emoji as an escape"),
        pytest.param(b'{"name":"\xed\xa0\xbd"}', id="half an emoji in bytes"),
        pytest.param(rb'{"\ud83d":1}', id="half an emoji in a name"),
        pytest.param(b'{"name":"\xff"}', id="no UTF-8"),
        pytest.param(b'{"statecode":NaN}', id="no number"),
        pytest.param(b'{"name":' + b"[" * 100_000, id="nested too deeply"),
    ],
)
def test_a_body_that_is_no_text_is_refused(client: Client, body: bytes) -> None:
    answer = sent(client, "POST", "accounts", body)

    assert (answer.status_code, json.loads(answer.data)["error"]["code"]) == (400, "0x80048d19")
