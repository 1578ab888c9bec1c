"""What a supervisor finds: an app, and a dashboard that works after years of recording too."""

from solution.model.views import ACTIVE, VIEWS, View
from solution.tools.packing.documents import Element, parsed
from solution.tools.packing.tree import SOURCE


def test_every_chart_is_on_the_dashboard() -> None:
    charts = {
        chart.findtext("savedqueryvisualizationid") for chart in documents("Entities/*/Visual*/*")
    }

    assert {tile.findtext("VisualizationId") for tile in tiles()} == charts


def test_the_charts_add_up_time_by_day_by_representative_by_category_and_by_case() -> None:
    found = set()
    for chart in documents("Entities/*/Visual*/*"):
        (entity,) = chart.iterfind(".//fetch/entity")
        (group,) = entity.iterfind("attribute[@groupby='true']")
        (added,) = entity.iterfind("attribute[@aggregate='sum']")
        found.add((entity.get("name"), group.get("name"), added.get("name")))

    assert found == {
        ("cht_automatictime", "cht_day", "cht_trackedseconds"),
        ("cht_automatictime", "cht_representativeid", "cht_trackedseconds"),
        ("cht_timelog", "cht_category", "cht_minutes"),
        ("cht_casehandlingtime", "cht_caseid", "cht_totalseconds"),
    }


def test_the_longest_cases_come_first_and_are_ten() -> None:
    (chart,) = documents("Entities/cht_CaseHandlingTime/Visual*/*")

    (fetch,) = chart.iterfind(".//fetch")
    (order,) = fetch.iterfind("entity/order")
    assert fetch.get("count") == "10"
    assert order.get("descending") == "true"


def test_the_dashboard_opens_with_one_week_for_dataverse_adds_up_50000_rows_at_most() -> None:
    for tile in tiles():
        view = view_called(tile.findtext("ViewId"))

        assert "this-week" in [condition.operator for condition in view.conditions]


def test_voided_time_logs_are_in_no_chart() -> None:
    for chart in documents("Entities/cht_TimeLog/Visualizations/*"):
        (condition,) = chart.iterfind(".//fetch/entity/filter/condition")

        assert dict(condition.attrib) == {
            "attribute": ACTIVE.column,
            "operator": ACTIVE.operator,
            "value": ACTIVE.value,
        }


def test_only_who_may_change_settings_is_led_to_the_settings_and_the_health_of_the_app() -> None:
    (site_map,) = documents("AppModuleSiteMaps/*/*")

    pages = site_map.xpath("//SubArea[starts-with(@Url, '$webresource:')]")

    assert [page.get("Id") for page in pages] == ["cht_Settings", "cht_Health"]
    for page in pages:
        (privilege,) = page.iterfind("Privilege")
        assert dict(privilege.attrib) == {"Entity": "organizationsetting", "Privilege": "Write"}


def tiles() -> list[Element]:
    return [tile for each in documents("Dashboards/*") for tile in each.iter("parameters")]


def view_called(identity: str | None) -> View:
    return next(view for view in VIEWS if f"{{{view.id}}}" == identity)


def documents(pattern: str) -> list[Element]:
    return [parsed(path.read_bytes(), path.name) for path in sorted(SOURCE.glob(pattern))]
