from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import Inspect, place_of, replaced

STEPS = "SdkMessageProcessingSteps/"


def step(tree: Tree, name: str) -> str:
    return place_of(tree, STEPS, f'functions: {name}"')


def test_a_step_that_tells_nobody_is_found(tree: Tree, inspect: Inspect) -> None:
    place = step(tree, "Update of task")
    faulty = replaced(tree, place, "<EventHandler>{", "<EventHandler>{0")

    assert inspect(faulty) == [("step-endpoint", place)]


def test_a_step_that_takes_the_endpoint_for_a_plug_in_is_found(
    tree: Tree, inspect: Inspect
) -> None:
    place = step(tree, "Update of task")

    assert inspect(replaced(tree, place, ">4618<", ">4602<")) == [("step-handler", place)]


def test_a_step_that_waits_for_columns_of_a_deletion_is_found(tree: Tree, inspect: Inspect) -> None:
    place = step(tree, "Delete of task")
    columns = "<FilteringAttributes>statecode</FilteringAttributes><Mode>"
    faulty = replaced(tree, place, "<Mode>", columns)

    assert inspect(faulty) == [("step-columns", place)]


def test_a_step_that_waits_for_a_column_that_is_not_there_is_found(
    tree: Tree, inspect: Inspect
) -> None:
    place = step(tree, "Update of task")
    faulty = replaced(tree, place, "<FilteringAttributes>", "<FilteringAttributes>colour,")

    assert inspect(faulty) == [("step-columns", place)]


def test_a_step_on_a_table_that_is_not_there_is_found(tree: Tree, inspect: Inspect) -> None:
    place = step(tree, "Create of task")
    faulty = replaced(tree, place, ">task</PrimaryEntity>", ">ghost</PrimaryEntity>")

    assert inspect(faulty) == [("step-table", place)]
