import pytest

from solution.tools.packing.tree import Tree, whole_tree
from solution.tools.validation.code import Code, code_of_the_repository
from tests.unit.solution.validation.planting import Inspect, inspector


@pytest.fixture(scope="session")
def tree() -> Tree:
    """Return the solution as it is packed; a test plants one fault in a copy of it."""
    return whole_tree()


@pytest.fixture(scope="session")
def code() -> Code:
    return code_of_the_repository()


@pytest.fixture
def inspect(code: Code) -> Inspect:
    """Return what tells the code and the file of each finding in a tree."""
    return inspector(code)
