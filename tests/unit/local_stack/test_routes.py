from collections.abc import Mapping

import pytest

from tests.local_stack.functions_host.routes import Route, RouteTable, UnknownRouteSyntaxError

CASE = "240eefd5-c915-5275-be88-361f1e245f9e"


@pytest.mark.parametrize(
    ("template", "path", "parameters"),
    [
        pytest.param("health", "/api/health", {}, id="literal"),
        pytest.param("health", "/api/Health/", {}, id="case and a last slash do not matter"),
        pytest.param("cases/{caseId}/time", "/api/cases/7/time", {"caseId": "7"}, id="parameter"),
        pytest.param("cases/{id:guid}", f"/api/cases/{CASE}", {"id": CASE}, id="guid"),
        pytest.param("cases/{id:guid}", "/api/cases/7", None, id="not a guid"),
        pytest.param("days/{n:int}", "/api/days/-3", {"n": "-3"}, id="int"),
        pytest.param("days/{n:int?}", "/api/days", {}, id="optional, left out"),
        pytest.param("days/{n:int?}", "/api/days/4", {"n": "4"}, id="optional, given"),
        pytest.param("files/{*rest}", "/api/files/a/b", {"rest": "a/b"}, id="the rest"),
        pytest.param("cases/{id}", "/api/cases/1/2", None, id="a parameter is one part"),
        pytest.param("a.b", "/api/axb", None, id="a dot is a dot"),
    ],
)
def test_a_template_matches(template: str, path: str, parameters: Mapping[str, str] | None) -> None:
    table = RouteTable([Route.of("it", template, prefix="api")])

    assert table.match("GET", path) == (None if parameters is None else ("it", parameters))


def test_a_literal_part_wins_over_a_parameter() -> None:
    table = RouteTable(
        [
            Route.of("any", "cases/{id}", prefix="api"),
            Route.of("mine", "cases/mine", prefix="api"),
        ]
    )

    assert table.match("GET", "/api/cases/mine") == ("mine", {})


def test_the_same_template_may_belong_to_two_functions_by_method() -> None:
    table = RouteTable(
        [
            Route.of("change", "logs/{id}", prefix="api", methods=["patch"]),
            Route.of("discard", "logs/{id}", prefix="api", methods=["DELETE"]),
        ]
    )

    assert table.match("DELETE", "/api/logs/1") == ("discard", {"id": "1"})
    assert table.match("PATCH", "/api/logs/1") == ("change", {"id": "1"})
    assert table.match("GET", "/api/logs/1") is None


def test_an_empty_prefix_leaves_the_template_alone() -> None:
    assert RouteTable([Route.of("it", "x", prefix="")]).match("GET", "/x") == ("it", {})


@pytest.mark.parametrize("template", ["a/{b}-{c}", "a/{b:regex(x)}", "a/{b:float}"])
def test_syntax_that_is_not_imitated_is_refused(template: str) -> None:
    with pytest.raises(UnknownRouteSyntaxError):
        Route.of("it", template, prefix="api")
