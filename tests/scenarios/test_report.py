from tests.scenarios.registry import scenarios
from tests.scenarios.report import PAGE, page


def test_the_page_tells_of_every_scenario_as_it_is() -> None:
    assert PAGE.read_text("utf-8") == page(scenarios()), "run python -m tests.scenarios.report"


def test_every_row_of_the_products_table_is_there() -> None:
    rows = {each.source for each in scenarios() if each.source.startswith("spec table")}

    assert rows == {f"spec table row {number}" for number in range(1, 13)}
