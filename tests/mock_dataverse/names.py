"""The names that the widget's and the pages' tests take for Dataverse's: ``python -m`` writes them.

Those tests run without the mock. So that a query with a wrong name fails in them too, they are told
which names there are: the mock's, which are compared with facts.
"""

import json
from pathlib import Path

from tests.mock_dataverse.beginnings import installed
from tests.mock_dataverse.builtin_tables import APP_SETTING_PRIVILEGES
from tests.mock_dataverse.columns import Column, Kind
from tests.mock_dataverse.tables import Table

FILE = (
    Path(__file__).parents[2] / "solution" / "controls" / "case-time" / "test"
) / "dataverseNames.json"
TABLES = (
    "activitypointer",
    "appmodule",
    "appsetting",
    "cht_automatictime",
    "cht_casehandlingtime",
    "cht_focussegment",
    "cht_handlingtimesnapshot",
    "cht_timeadjustment",
    "cht_timelog",
    "incident",
    "organizationsetting",
    "sdkmessageprocessingstep",
    "serviceendpoint",
    "settingdefinition",
    "solution",
    "systemuser",
)


def dataverse_names() -> str:
    """Return the tables that the control and the pages ask for, as JSON."""
    schema = installed(APP_SETTING_PRIVILEGES).schema
    names = {name: _names(schema.table(name)) for name in TABLES}
    return f"{json.dumps(names, indent=2)}\n"


def _names(table: Table) -> dict[str, object]:
    columns = [column for column in table.columns.values() if not column.internal]
    single = {name: target for name, (_, target) in table.navigations.items()}
    several = {name: collection.table for name, collection in table.collections.items()}
    return {
        "set": table.entity_set,
        "read": " ".join(table.wire_columns),
        "create": " ".join(
            name for column in columns if column.creatable for name in _sent(column)
        ),
        "update": " ".join(
            name for column in columns if column.updatable for name in _sent(column)
        ),
        "navigation": single | several,
    }


def _sent(column: Column) -> list[str]:
    """Return how a row that is written names the column."""
    if column.kind is Kind.LOOKUP:
        return [f"{navigation}@odata.bind" for navigation in column.targets]
    return [column.name]


if __name__ == "__main__":
    FILE.write_text(dataverse_names(), encoding="utf-8")
