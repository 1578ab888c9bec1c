import json
from dataclasses import dataclass, field

import pytest

from tests.local_stack.addresses import Addresses
from tests.local_stack.form_session import FormSession
from tests.local_stack.http_messages import Request, Response
from tests.local_stack.token_desk import UnknownPersonError

PAGE = "http://127.0.0.1:7070"
ENVIRONMENT = "http://127.0.0.1:7072"
ADDRESSES = Addresses(
    api="http://127.0.0.1:7071/api",
    dataverse=f"{ENVIRONMENT}/api/data/v9.2",
    tokens="http://127.0.0.1:7073",
    workspace=PAGE,
)
CASES = "/api/data/v9.2/incidents"


@dataclass(slots=True)
class Dataverse:
    answer: Response = field(default_factory=Response)
    seen: list[Request] = field(default_factory=list)

    def handle(self, request: Request) -> Response:
        self.seen.append(request)
        return self.answer


def token_of(alias: str | None) -> str:
    if alias not in ("amira", "ben"):
        raise UnknownPersonError(alias)
    return f"token of {alias}"


@pytest.fixture
def dataverse() -> Dataverse:
    return Dataverse()


@pytest.fixture
def session(dataverse: Dataverse) -> FormSession:
    return FormSession(addresses=ADDRESSES, dataverse=dataverse.handle, token=token_of)


def call(method: str = "GET", target: str = CASES, body: bytes = b"", **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(
        method=method, target=target, headers={"cookie": "cht_user=ben", **named}, body=body
    )


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "PUT", "DELETE"])
def test_a_call_goes_on_as_the_person_of_the_cookie(
    session: FormSession, dataverse: Dataverse, method: str
) -> None:
    session.handle(call(method, f"{CASES}?$select=title", b"{}"))

    (seen,) = dataverse.seen
    assert (seen.method, seen.target, seen.body) == (method, f"{CASES}?$select=title", b"{}")
    assert seen.headers["authorization"] == "Bearer token of ben"


def test_headers_that_matter_go_on_and_no_others(
    session: FormSession, dataverse: Dataverse
) -> None:
    matters = {
        "prefer": "return=representation",
        "if-match": "*",
        "content-type": "application/json",
        "odata-version": "4.0",
        "accept": "application/json",
    }
    session.handle(
        Request(
            method="PATCH",
            target=CASES,
            headers={
                **matters,
                "cookie": "cht_user=amira",
                "origin": PAGE,
                "authorization": "Bearer somebody else's",
                "callerobjectid": "somebody else",
                "mscrmcallerid": "somebody else",
            },
        )
    )

    assert dataverse.seen[0].headers == {**matters, "authorization": "Bearer token of amira"}


@pytest.mark.parametrize(
    "cookie", ["", "other=1", "cht_user=", "cht_user=nobody", "cht_user=(\x01"]
)
def test_without_a_person_nothing_goes_on(
    session: FormSession, dataverse: Dataverse, cookie: str
) -> None:
    answer = session.handle(call(cookie=cookie))

    assert answer.status == 401
    assert json.loads(answer.body)["title"] == "Unauthorized"
    assert dataverse.seen == []


@pytest.mark.parametrize(
    "target",
    [
        "/api/data/v9.2/../../../__mock__/reset",
        "/api/data/v9.2/%2e%2e/%2e%2e/__mock__/reset",
        "/api/data/v9.2/..%5c..",
    ],
)
def test_a_path_that_leads_out_does_not_go_on(
    session: FormSession, dataverse: Dataverse, target: str
) -> None:
    assert session.handle(call(target=target)).status == 404
    assert dataverse.seen == []


@pytest.mark.parametrize(
    ("path", "served"),
    [
        (CASES, True),
        ("/api/data/v9.2", True),
        ("/api/data/v9.20", False),
        ("/api/data/v9.1/incidents", False),
        ("/__mock__/reset", False),
    ],
)
def test_only_the_web_api_is_reached(session: FormSession, path: str, served: bool) -> None:  # noqa: FBT001
    assert session.serves(Request(method="GET", target=path)) is served


def test_to_the_page_its_own_origin_is_the_environment(
    session: FormSession, dataverse: Dataverse
) -> None:
    dataverse.answer = Response(
        status=201,
        headers=(("OData-EntityId", f"{ENVIRONMENT}{CASES}(1)"),),
        body=f'{{"@odata.nextLink": "{ENVIRONMENT}{CASES}?page=2"}}'.encode(),
    )

    answer = session.handle(call("POST", body=f'{{"x@odata.bind": "{PAGE}{CASES}(2)"}}'.encode()))

    assert dict(answer.headers)["OData-EntityId"] == f"{PAGE}{CASES}(1)"
    assert json.loads(answer.body) == {"@odata.nextLink": f"{PAGE}{CASES}?page=2"}
    assert json.loads(dataverse.seen[0].body) == {"x@odata.bind": f"{ENVIRONMENT}{CASES}(2)"}


def test_a_refusal_comes_back_as_it_is(session: FormSession, dataverse: Dataverse) -> None:
    dataverse.answer = Response(status=403, body=b'{"error": {"code": "0x80040220"}}')

    answer = session.handle(call())

    assert (answer.status, answer.body) == (403, b'{"error": {"code": "0x80040220"}}')
