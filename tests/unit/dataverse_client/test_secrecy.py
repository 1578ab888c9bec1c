import pytest
import requests
import responses
from requests import PreparedRequest

from dataverse_client import (
    DataverseClient,
    DataverseUnavailable,
    Query,
    RequestRejected,
    RowNotFound,
    StaticToken,
    TokenUnavailable,
    connect,
    eq,
)
from tests.unit.dataverse_client.answers import (
    API,
    CASE,
    ENVIRONMENT,
    TOKEN,
    an_error,
)

Http = responses.RequestsMock
ROW = f"{API}incidents({CASE})"


def request(http: Http, number: int = -1) -> PreparedRequest:
    return http.calls[number].request


def test_a_link_to_another_host_does_not_get_the_token(
    http: Http, dataverse: DataverseClient
) -> None:
    http.get(f"{API}tasks", json={"value": [], "@odata.nextLink": "https://evil.example/x"})

    with pytest.raises(RequestRejected, match="another host"):
        list(dataverse.rows(Query("tasks")))
    assert len(http.calls) == 1


def test_a_redirect_is_not_followed(http: Http, dataverse: DataverseClient) -> None:
    http.get(ROW, status=302, headers={"Location": "https://evil.example/"})

    with pytest.raises(RequestRejected):
        dataverse.row("incidents", CASE)


@pytest.mark.parametrize("token", ["", "secret\n", "secret\r\nX: y", "sécret", "two words"])
def test_a_token_that_no_header_can_carry_is_not_shown(token: str) -> None:
    with pytest.raises(TokenUnavailable) as caught:
        connect(ENVIRONMENT, StaticToken(token)).row("incidents", CASE)

    assert "secret" not in repr(caught.value)


def test_a_lost_answer_shows_neither_token_nor_body(http: Http, dataverse: DataverseClient) -> None:
    http.post(f"{API}tasks", body=requests.ConnectionError("reset"))

    with pytest.raises(DataverseUnavailable) as caught:
        dataverse.create("tasks", {"subject": "private"})

    shown = repr(caught.value) + repr(caught.value.context)
    assert TOKEN not in shown
    assert "private" not in shown
    assert caught.value.context.request_id == request(http).headers["x-ms-client-request-id"]


def test_a_query_in_an_error_message_is_left_out(http: Http, dataverse: DataverseClient) -> None:
    http.get(f"{API}tasks", status=404, json=an_error())

    with pytest.raises(RowNotFound) as caught:
        list(dataverse.rows(Query("tasks").where(eq("subject", "private"))))

    assert "private" not in str(caught.value)
