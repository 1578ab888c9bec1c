from tests.local_stack.http_messages import Request, Response, allowing_origin, json_response

PAGE = "http://127.0.0.1:7070"


def answer_ok(_request: Request) -> Response:
    return json_response({"ok": True})


def names_of(response: Response) -> dict[str, str]:
    return dict(response.headers)


def test_a_path_is_shown_decoded_and_without_the_query() -> None:
    request = Request(method="GET", target="/a%20b/c?d=%2F")

    assert request.path == "/a b/c"
    assert request.query == {"d": "/"}


def test_a_call_from_the_allowed_page_says_that_it_is_allowed() -> None:
    handle = allowing_origin(answer_ok, PAGE)

    answer = handle(Request(method="GET", target="/", headers={"origin": PAGE}))

    assert answer.status == 200
    assert names_of(answer)["Access-Control-Allow-Origin"] == PAGE


def test_a_call_from_elsewhere_is_served_without_permission_to_read_it() -> None:
    handle = allowing_origin(answer_ok, PAGE)

    answer = handle(Request(method="GET", target="/", headers={"origin": "https://evil.example"}))

    assert answer.status == 200
    assert "Access-Control-Allow-Origin" not in names_of(answer)


def test_a_preflight_is_answered_for_the_allowed_page() -> None:
    handle = allowing_origin(answer_ok, PAGE)
    asked = {
        "origin": PAGE,
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "authorization,content-type",
    }

    answer = handle(Request(method="OPTIONS", target="/", headers=asked))

    assert answer.status == 204
    assert names_of(answer)["Access-Control-Allow-Methods"] == "PATCH"
    assert names_of(answer)["Access-Control-Allow-Headers"] == "authorization,content-type"


def test_a_preflight_from_elsewhere_gets_no_permission() -> None:
    handle = allowing_origin(answer_ok, PAGE)
    asked = {"origin": "https://evil.example", "access-control-request-method": "PATCH"}

    answer = handle(Request(method="OPTIONS", target="/", headers=asked))

    assert answer == Response(status=204)
