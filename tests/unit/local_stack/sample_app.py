"""An app with one function of each kind that the host runs."""

import threading

import azure.functions as func

STORAGE = "AzureWebJobsStorage"


class Seen:
    """What the app's functions were called with; a test waits for it."""

    def __init__(self) -> None:
        self.messages: list[func.QueueMessage] = []
        self.texts: list[str] = []
        self.timer_fired = threading.Event()
        self.text_came = threading.Event()
        self.context: func.Context | None = None


web = func.Blueprint()


@web.route(route="greetings/{name}", methods=["GET"])
def greet(req: func.HttpRequest) -> func.HttpResponse:
    asked = ",".join(f"{name}={value}" for name, value in req.params.items())
    return func.HttpResponse(f"hello {req.route_params['name']} {asked}".strip())


@web.route(route="broken")
def broken(req: func.HttpRequest) -> func.HttpResponse:
    raise ValueError(req.method)


@web.route(route="numbers")
def number(req: func.HttpRequest):  # type: ignore[no-untyped-def]  # noqa: ANN201
    return len(req.get_body())


@web.route(route="context")
def with_context(req: func.HttpRequest, context: func.Context) -> str:
    return f"{req.method} {context.function_name}"


@web.route(route="protected", auth_level=func.AuthLevel.FUNCTION)
def protected(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(status_code=204, headers={"X-Method": req.method})


@web.route(route="work", methods=["POST"])
@web.queue_output(arg_name="out", queue_name="work", connection=STORAGE)
def plan(req: func.HttpRequest, out: func.Out[str]) -> func.HttpResponse:
    out.set(req.get_json())
    if req.params.get("then") == "fail":
        raise ValueError("after setting the output")
    return func.HttpResponse(status_code=202)


def sample_app(seen: Seen) -> func.FunctionApp:
    app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
    app.register_functions(web)

    @app.queue_trigger(arg_name="message", queue_name="work", connection=STORAGE)
    def work(message: func.QueueMessage) -> None:
        seen.messages.append(message)
        if message.get_body() == b"bad":
            raise ValueError("cannot work with that")

    @app.queue_trigger(arg_name="text", queue_name="texts", connection=STORAGE)
    def read_text(text: str) -> None:
        seen.texts.append(text)
        seen.text_came.set()

    @app.timer_trigger(arg_name="timer", schedule="0 */15 * * * *")
    def tick(timer: func.TimerRequest) -> None:
        if not timer.past_due:
            seen.timer_fired.set()

    return app
