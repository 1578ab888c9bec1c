"""No query of the functions is left out of those that an environment is asked."""

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, ModuleType

import functions.repositories
from dataverse_client import Query
from solution.tools.environment.probe.functions_queries import queries

FOLDER = Path(functions.repositories.__path__[0])
SOURCES = sorted(FOLDER.glob("*.py"))
Place = tuple[str, str]
"""A module of the repositories and a function of it."""


def asking_functions() -> set[Place]:
    """Return every function in which a query is begun."""
    return {
        (source.stem, node.name)
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and any(map(begins_a_query, ast.walk(node)))
    }


def begins_a_query(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Query"
    )


def constant_queries() -> Iterator[tuple[str, Query]]:
    for source in SOURCES:
        module: ModuleType = importlib.import_module(f"functions.repositories.{source.stem}")
        for name, value in vars(module).items():
            if isinstance(value, Query):
                yield f"{source.stem}.{name}", value


def called_for_the_list() -> set[Place]:
    """Return which functions of the repositories run while the list is made."""
    called: set[Place] = set()

    def listen(frame: FrameType, event: str, _argument: object) -> None:
        source = Path(frame.f_code.co_filename)
        if event == "call" and source.parent == FOLDER:
            called.add((source.stem, frame.f_code.co_name))

    before = sys.getprofile()
    sys.setprofile(listen)
    try:
        list(queries())
    finally:
        sys.setprofile(before)
    return called


def test_every_function_that_begins_a_query_is_asked_for_it() -> None:
    assert asking_functions() - called_for_the_list() == set()


def test_every_constant_query_is_in_the_list() -> None:
    listed = [query for _, query in queries()]

    assert [name for name, query in constant_queries() if query not in listed] == []


def test_names_tell_queries_apart() -> None:
    names = [name for name, _ in queries()]

    assert len(names) == len(set(names))
