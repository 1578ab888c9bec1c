from pathlib import Path

import azure.functions as func
import pytest

from tests.local_stack.functions_host.app import AppNotLoadableError, functions_of, load


def test_a_parameter_without_a_binding_keeps_the_app_from_loading() -> None:
    app = func.FunctionApp()

    @app.route(route="x")
    def extra(req: func.HttpRequest, more: int = 0) -> str:
        return f"{req.method}{more}"

    with pytest.raises(AppNotLoadableError, match="extra"):
        list(functions_of(app))


def test_an_async_function_is_refused_by_name() -> None:
    app = func.FunctionApp()

    @app.route(route="x")
    async def later(req: func.HttpRequest) -> str:
        return str(req.method)

    with pytest.raises(AppNotLoadableError, match="later is async"):
        list(functions_of(app))


def test_an_output_the_host_lacks_is_refused_by_name() -> None:
    app = func.FunctionApp()

    @app.route(route="x")
    @app.blob_output(arg_name="blob", path="a/b", connection="C")
    def save(req: func.HttpRequest, blob: func.Out[str]) -> str:
        blob.set(req.method)
        return ""

    with pytest.raises(AppNotLoadableError, match=r"save .* blob"):
        list(functions_of(app))


def test_a_folder_without_an_app_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AppNotLoadableError, match=r"no function_app\.py"):
        load(tmp_path)
