"""The functions of an app, found in its ``function_app.py`` as the platform's worker finds them."""

import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

import azure.functions as func

from tests.local_stack.functions_host.routes import Route

OUTPUT = 1


class AppNotLoadableError(Exception):
    """The platform would refuse to load the app, so nothing of it would answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function and its bindings.

    ``outputs`` maps parameters to the queues they send to. ``takes_text`` tells that a queue
    function wants the message's text instead of the message.
    """

    name: str
    handler: Callable[..., object]
    trigger: dict[str, Any]
    outputs: dict[str, str]
    wants_context: bool
    takes_text: bool

    @property
    def kind(self) -> str:
        return str(self.trigger["type"])

    @property
    def trigger_parameter(self) -> str:
        return str(self.trigger["name"])

    @property
    def auth_level(self) -> str:
        return str(_plain(self.trigger.get("authLevel", "FUNCTION"))).upper()

    def route(self, prefix: str) -> Route:
        """Return where the function answers; only for HTTP triggers."""
        template = str(self.trigger.get("route") or self.name)
        methods = [str(_plain(method)) for method in self.trigger.get("methods") or ()]
        return Route.of(self.name, template, prefix=prefix, methods=methods)


def load(folder: Path) -> dict[str, Function]:
    """Import the app of a folder and return its functions by name.

    Raises:
        AppNotLoadableError: it is not an app, or a function does not fit its bindings.
    """
    if not (folder / "function_app.py").is_file():
        raise AppNotLoadableError(f"there is no function_app.py in {folder}")
    sys.path.insert(0, str(folder))
    module = importlib.import_module("function_app")
    apps = [value for value in vars(module).values() if isinstance(value, func.FunctionRegister)]
    if len(apps) != 1:
        raise AppNotLoadableError(f"function_app.py defines {len(apps)} apps instead of one")
    return {function.name: function for function in functions_of(apps[0])}


def functions_of(app: func.FunctionRegister) -> Iterator[Function]:
    """Yield the functions registered with an app, as the platform's indexing finds them.

    Raises:
        AppNotLoadableError: a function does not fit its bindings, or this host.
    """
    for built in app.get_functions():
        name = str(built.get_function_name())
        trigger = built.get_trigger()
        handler = built.get_user_function()
        if trigger is None:
            raise AppNotLoadableError(f"{name} has no trigger")
        if inspect.iscoroutinefunction(handler):
            raise AppNotLoadableError(f"{name} is async, which this host does not run")
        bindings = [binding.get_dict_repr() for binding in built.get_bindings()]
        parameters = set(inspect.signature(handler).parameters)
        bound = {str(binding["name"]) for binding in bindings} - {"$return"}
        if parameters - {"context"} != bound - {"context"}:
            raise AppNotLoadableError(f"{name} takes {parameters} but its bindings give {bound}")
        yield Function(
            name=name,
            handler=handler,
            trigger=trigger.get_dict_repr(),
            outputs=dict(_output(name, binding) for binding in bindings if _is_output(binding)),
            wants_context="context" in parameters,
            takes_text=get_type_hints(handler).get(trigger.name) is str,
        )


def _is_output(binding: dict[str, Any]) -> bool:
    return _plain(binding["direction"]) == OUTPUT and binding["name"] != "$return"


def _output(function: str, binding: dict[str, Any]) -> tuple[str, str]:
    if binding["type"] != "queue":
        raise AppNotLoadableError(f"{function} has an output this host lacks: {binding['type']}")
    return str(binding["name"]), str(binding["queueName"])


def _plain(value: object) -> object:
    return getattr(value, "value", value)
