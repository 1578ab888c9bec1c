import pytest

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import Inspect


@pytest.mark.parametrize(
    ("place", "content"),
    [
        pytest.param(
            "PluginAssemblies/ServiceEndpoints.xml", b"<ServiceEndpoints/>", id="an endpoint"
        ),
        pytest.param(
            "SdkMessageProcessingSteps/{3b2dedbd-0a2e-5fbb-88e5-82cdf72eda24}.xml",
            b'<Step SdkMessageProcessingStepId="{3b2dedbd-0a2e-5fbb-88e5-82cdf72eda24}"/>',
            id="a step",
        ),
    ],
)
def test_a_webhook_in_the_source_is_found(
    tree: Tree, inspect: Inspect, place: str, content: bytes
) -> None:
    assert inspect(tree | {place: content}) == [("webhook", place)]
