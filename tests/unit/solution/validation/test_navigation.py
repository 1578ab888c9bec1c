import pytest

from solution.tools.packing.tree import Tree
from tests.unit.solution.validation.planting import (
    APP,
    SITE_MAP,
    Inspect,
    emptied,
    place_of,
    replaced,
    with_in,
)

OTHER = "{00000000-0000-4000-8000-000000000001}"


def dashboard(tree: Tree) -> str:
    return place_of(tree, "Dashboards/", "<Dashboard")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param("<ViewId>{", "<ViewId>{0", "tile-view", id="view"),
        pytest.param("<VisualizationId>{", "<VisualizationId>{0", "tile-chart", id="chart"),
        pytest.param(
            ">cht_automatictime</TargetEntityType>",
            ">cht_ghost</TargetEntityType>",
            "tile-table",
            id="table",
        ),
    ],
)
def test_a_tile_of_the_dashboard_that_shows_nothing_is_found(
    tree: Tree, inspect: Inspect, old: str, new: str, fault: str
) -> None:
    place = dashboard(tree)

    assert inspect(replaced(tree, place, old, new)) == [(fault, place)]


def test_a_tile_that_shows_no_table_is_no_fault(tree: Tree, inspect: Inspect) -> None:
    shown = "<parameters><Url>https://example.invalid</Url></parameters>"
    page = f'<control id="page" classid="{OTHER}">{shown}</control>'

    assert inspect(with_in(tree, dashboard(tree), ".//cell", page)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param('Entity="cht_timelog"', 'Entity="cht_ghost"', "site-map-table", id="table"),
        pytest.param("cht_/settings.html", "cht_/ghost.html", "site-map-page", id="page"),
        pytest.param(
            'DefaultDashboard="', 'DefaultDashboard="0', "site-map-dashboard", id="dashboard"
        ),
        pytest.param(
            '<Privilege Entity="organizationsetting"',
            '<Privilege Entity="ghost"',
            "site-map-table",
            id="privilege",
        ),
    ],
)
def test_an_entry_of_the_site_map_that_leads_nowhere_is_found(
    tree: Tree, inspect: Inspect, old: str, new: str, fault: str
) -> None:
    assert inspect(replaced(tree, SITE_MAP, old, new)) == [(fault, SITE_MAP)]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            'type="1" schemaName="cht_timelog"',
            'type="1" schemaName="cht_ghost"',
            "app-component",
            id="table",
        ),
        pytest.param('type="60" id="{', 'type="60" id="{0', "app-component", id="dashboard"),
        pytest.param("<WebResourceId>", "<WebResourceId>0", "app-icon", id="icon"),
        pytest.param('<Role id="{', '<Role id="{0', "app-role", id="role"),
    ],
)
def test_a_part_of_the_app_that_is_not_there_is_found(
    tree: Tree, inspect: Inspect, old: str, new: str, fault: str
) -> None:
    assert inspect(replaced(tree, APP, old, new)) == [(fault, APP)]


def test_an_app_that_is_shown_to_nobody_is_found(tree: Tree, inspect: Inspect) -> None:
    assert inspect(emptied(tree, APP, "AppModuleRoleMaps")) == [("app-role", APP)]
