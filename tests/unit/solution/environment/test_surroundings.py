import pytest

from solution.tools.environment.surroundings import blocks_unmanaged, surroundings
from tests.mock_dataverse.app import MockDataverse
from tests.unit.solution.environment.conftest import Desk

FLAG = "IsLockdownOfUnmanagedCustomizationEnabled"


@pytest.mark.parametrize(
    ("settings", "blocked"),
    [
        pytest.param(f"<OrgSettings><{FLAG}>true</{FLAG}></OrgSettings>", True, id="on"),
        pytest.param(f"<OrgSettings><{FLAG}> True </{FLAG}></OrgSettings>", True, id="in capitals"),
        pytest.param(f"<OrgSettings><{FLAG}>false</{FLAG}></OrgSettings>", False, id="off"),
        pytest.param("<OrgSettings><Other>true</Other></OrgSettings>", False, id="never set"),
        pytest.param("", False, id="empty"),
        pytest.param(None, False, id="none"),
        pytest.param("<OrgSettings", False, id="cut off"),
    ],
)
def test_what_an_organizations_settings_say(settings: str | None, *, blocked: bool) -> None:
    assert blocks_unmanaged(settings) is blocked


def test_english_is_brought_wherever_we_come(mock: MockDataverse, desk: Desk) -> None:
    mock.switches.provisioned_languages = (1031,)

    found = surroundings(desk.session.dataverse)

    assert found.languages == (1033, 1031)
    assert found.missing_languages == (1036, 1041, 1025)
    assert found.blocks_unmanaged is False
