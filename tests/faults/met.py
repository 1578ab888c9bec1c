"""What the stories meet, noted by the interpreter itself, and what there is to be met."""

import ast
import inspect
import pkgutil
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType
from typing import Protocol

from dataverse_client import DataverseClient, client
from functions import repositories, usecases

CLIENT = str(client.__file__)
REPOSITORIES = Path(str(repositories.__file__)).parent
ASKS = frozenset({"acting_as", "within", "correlated", "close"})
SENDING = frozenset(
    name
    for name, value in vars(DataverseClient).items()
    if inspect.isfunction(value) and not name.startswith("_") and name not in ASKS
)
"""The methods of a client that ask Dataverse for something."""

LAZY = frozenset(
    name for name in SENDING if inspect.isgeneratorfunction(getattr(DataverseClient, name))
)

A_CLIENT = re.compile(r"(service|person|client|dataverse)(\(\))?$|acting_as\(.*\)$", re.DOTALL)
"""How expressions end that stand for a client, in the repositories."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the repositories Dataverse is asked."""

    module: str
    line: int


@dataclass(slots=True)
class Met:
    """Code that ran, and the places from which Dataverse was asked."""

    code: set[CodeType] = field(default_factory=set)
    asked: set[Place] = field(default_factory=set)

    def note(self, frame: FrameType, event: str, _: object) -> None:
        if event != "call":
            return
        code, caller = frame.f_code, frame.f_back
        self.code.add(code)
        if caller and code.co_filename == CLIENT and code.co_name in SENDING - LAZY:
            path = Path(caller.f_code.co_filename)
            if path.parent == REPOSITORIES:
                self.asked.add(Place(path.stem, caller.f_lineno))


@contextmanager
def noted(met: Met) -> Iterator[None]:
    """Note what runs inside, also in threads that begin there."""
    threading.setprofile(met.note)
    sys.setprofile(met.note)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def public_code() -> dict[str, CodeType]:
    """Return the public functions and methods of the use cases by name."""
    found = {}
    for info in pkgutil.iter_modules(usecases.__path__):
        module = import_module(f"{usecases.__name__}.{info.name}")
        for name, value in vars(module).items():
            if name.startswith("_") or getattr(value, "__module__", "") != module.__name__:
                continue
            if inspect.isfunction(value):
                found[f"{info.name}.{name}"] = value.__code__
            elif inspect.isclass(value) and Protocol not in value.__bases__:
                found |= {f"{info.name}.{name}.{of}": code for of, code in _methods(value)}
    return found


def _methods(kind: type) -> Iterator[tuple[str, CodeType]]:
    for name, value in vars(kind).items():
        function = value.fget if isinstance(value, property) else value
        if inspect.isfunction(function) and not name.startswith("_"):
            yield name, function.__code__


def places_that_ask() -> set[Place]:
    """Return where the repositories ask a client."""
    return {place for place, _ in _places()}


def places_met(met: Met) -> set[Place]:
    """Return the places in the repositories from which Dataverse was asked.

    A generator asks when its first row is wanted, wherever that is; it was made by code that ran.
    """
    ran = {
        Place(Path(code.co_filename).stem, line)
        for code in met.code
        if Path(code.co_filename).parent == REPOSITORIES
        for *_, line in code.co_lines()
        if line
    }
    return met.asked | {place for place, method in _places() if method in LAZY and place in ran}


def _places() -> Iterator[tuple[Place, str]]:
    """Yield each place that asks, and by which method."""
    for path in REPOSITORIES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(value=asked, attr=method), lineno=line):
                    if method in SENDING and A_CLIENT.search(ast.unparse(asked)):
                        yield Place(path.stem, line), method
