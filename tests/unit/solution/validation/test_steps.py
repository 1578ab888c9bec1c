import pytest

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import ENDPOINTS, Inspect, place_of, replaced

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


def test_a_step_that_tells_a_column_as_it_was_that_is_not_there_is_found(
    tree: Tree, inspect: Inspect
) -> None:
    place = step(tree, "Delete of task")
    faulty = replaced(tree, place, "<Attributes>", "<Attributes>colour,")

    assert inspect(faulty) == [("step-image", place)]


def test_a_step_on_a_table_that_is_not_there_is_found(tree: Tree, inspect: Inspect) -> None:
    place = step(tree, "Create of task")
    faulty = replaced(tree, place, ">task</PrimaryEntity>", ">ghost</PrimaryEntity>")

    assert inspect(faulty) == [("step-table", place)]


@pytest.mark.parametrize(
    ("old", "new"), [("<Mode>1", "<Mode>0"), ("<Stage>40", "<Stage>20")], ids=["along", "before"]
)
def test_a_step_that_people_would_wait_for_is_found(
    tree: Tree, inspect: Inspect, old: str, new: str
) -> None:
    place = step(tree, "Update of incident")

    assert inspect(replaced(tree, place, old, new)) == [("step-mode", place)]


def test_a_step_of_an_unknown_message_is_found(tree: Tree, inspect: Inspect) -> None:
    place = step(tree, "Create of task")

    assert inspect(replaced(tree, place, "<SdkMessageId>9e", "<SdkMessageId>00")) == [
        ("step-message", place)
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param("<Contract>8", "<Contract>7", "endpoint-contract", id="no webhook"),
        pytest.param("https://", "http://", "endpoint-address", id="in the clear"),
    ],
)
def test_an_endpoint_that_could_not_be_called_safely_is_found(
    tree: Tree, inspect: Inspect, old: str, new: str, fault: str
) -> None:
    assert inspect(replaced(tree, ENDPOINTS, old, new)) == [(fault, ENDPOINTS)]


def test_an_image_of_a_row_before_it_was_created_is_found(tree: Tree, inspect: Inspect) -> None:
    place = step(tree, "Create of task")
    images = "SdkMessageProcessingStepImages"
    image = (
        "<SdkMessageProcessingStepImage><ImageType>0</ImageType></SdkMessageProcessingStepImage>"
    )
    faulty = replaced(tree, place, f"<{images}/>", f"<{images}>{image}</{images}>")

    assert inspect(faulty) == [("step-image", place)]
