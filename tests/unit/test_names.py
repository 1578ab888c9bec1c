"""The functions are deployed without ``solution/``, so nothing but this holds their names to it."""

import ast
import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest

from dataverse_client import DataverseClient, Operation
from functions import repositories
from functions.configuration import Configuration
from functions.repositories import automatic_time, case_totals, segments, snapshots
from functions.repositories.adjustments import Adjustments
from functions.repositories.columns import RowModel
from functions.repositories.time_logs import TimeLogs
from functions.timekeeping.daily import DayChange
from functions.timekeeping.entries import Category
from functions.timekeeping.segments import Surface
from functions.timekeeping.settings import NAMES, Settings, effective_settings
from functions.timekeeping.totals import TimeByKind
from functions.usecases.log_time import TimeLogChange
from functions.usecases.total_cases import CaseTotal, TotalChange
from solution.model.choices import SURFACE, TIME_LOG_CATEGORY
from solution.model.columns import Column, Lookup
from solution.model.settings import SETTINGS
from solution.model.tables import TABLES, Kind, Ownership, Table
from tests.builders import CASE, adjustment, daily, segment, snapshot, time_log

BUILT_IN = {
    "activities": "activitypointers",
    "cases": "incidents",
    "representatives": "systemusers",
    "resolutions": "incidentresolutions",
    "setting_rows": None,
}
"""Repositories of tables that Dataverse brings along, which the model does not describe."""

TABLE_OF = {table.entity_set: table for table in TABLES}
ALWAYS = {"createdon", "modifiedon", "statecode", "statuscode", "@odata.etag"} | {
    f"_{name}_value" for name in ("createdby", "createdonbehalfby", "ownerid")
}
WORKED_OUT = {"seconds", "minutes", "corrections", "lastseen"}
"""What sums are called in a query of ours; no columns."""

FUNCTIONS = Path(repositories.__file__).parents[1]


def modules() -> list[ModuleType]:
    names = (each.name for each in pkgutil.iter_modules(repositories.__path__))
    return [importlib.import_module(f"functions.repositories.{name}") for name in names]


def row_models() -> Iterator[tuple[ModuleType, type[RowModel]]]:
    for module in modules():
        for each in vars(module).values():
            of_module = getattr(each, "__module__", None) == module.__name__
            is_row = isinstance(each, type) and issubclass(each, RowModel)
            if of_module and is_row and each is not RowModel:
                yield module, each


def short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


OURS = [(module, row) for module, row in row_models() if short(module) not in BUILT_IN]


def read_as(column: Column) -> str:
    name = column.logical_name
    return f"_{name}_value" if isinstance(column, Lookup) else name


def written_as(column: Column) -> str:
    is_lookup = isinstance(column, Lookup)
    return f"{column.schema_name}@odata.bind" if is_lookup else column.logical_name


def readable(table: Table) -> set[str]:
    return {table.primary_id, *map(read_as, table.columns), *ALWAYS}


def writable(table: Table) -> set[str]:
    of_kind = (
        {"partitionid", "ttlinseconds"}
        if table.kind is Kind.ELASTIC
        else {"statecode", "statuscode"}
    )
    return {table.primary_id, *map(written_as, table.columns), *of_kind}


class Recorder:
    """Stands in for a Dataverse that does whatever it is asked, and keeps it."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, dict[str, Any]]] = []

    def send(self, operation: Operation[Any]) -> None:
        self.rows.append((operation.entity_set, json.loads(operation.body or b"{}")))

    def update(self, entity_set: str, key: object, row: dict[str, Any]) -> None:  # noqa: ARG002
        self.rows.append((entity_set, row))


def written_rows() -> list[tuple[str, dict[str, Any]]]:
    """Return every row that the repositories write, with its entity set."""
    recorder = Recorder()
    client = cast("DataverseClient", recorder)
    recorder.send(segments.create(segment(0, 60), retention_days=90))
    recorder.send(automatic_time.write(DayChange(daily(60), None)))
    recorder.send(automatic_time.write(DayChange(daily(60), "W/1")))
    Adjustments(client).add(adjustment(100, 70))
    logs = TimeLogs(service=client, person=client)
    logs.add(time_log())
    logs.save(
        time_log().id,
        TimeLogChange(
            minutes=5,
            category=Category.RESEARCH,
            note="call",
            logged_on=date(2026, 3, 9),
            voided=True,
        ),
    )
    total = CaseTotal(case=CASE, title="Printer on fire", time=TimeByKind(automatic=60))
    recorder.send(case_totals.write(TotalChange(total, None)))
    recorder.send(case_totals.write(TotalChange(total, "W/1")))
    recorder.send(snapshots.create(snapshot()))
    return recorder.rows


WRITTEN = written_rows()
CREATED = [WRITTEN[0], WRITTEN[1], WRITTEN[3], WRITTEN[4], WRITTEN[6], WRITTEN[8]]
OF_NOBODY = {"cht_casehandlingtimes", "cht_handlingtimesnapshots"}
"""Totals are everybody's; every other new row is somebody's."""


def test_every_repository_with_rows_is_of_a_table_of_ours_or_a_known_one() -> None:
    with_rows = {short(module): getattr(module, "ENTITY_SET", None) for module, _ in row_models()}

    others = {name: of for name, of in with_rows.items() if of not in TABLE_OF}
    assert others == BUILT_IN


@pytest.mark.parametrize(
    ("module", "row"), OURS, ids=[f"{short(module)}.{row.__name__}" for module, row in OURS]
)
def test_what_a_row_reads_is_a_column_of_its_table(module: ModuleType, row: type[RowModel]) -> None:
    aliases = {str(field.alias) for field in row.model_fields.values()}
    names = {alias if alias == "@odata.etag" else alias.partition("@")[0] for alias in aliases}

    assert names - WORKED_OUT <= readable(TABLE_OF[module.ENTITY_SET])


@pytest.mark.parametrize(
    "module", [m for m in modules() if getattr(m, "ENTITY_SET", None) in TABLE_OF], ids=short
)
def test_ids_cases_and_representatives_are_called_as_in_the_model(module: ModuleType) -> None:
    table = TABLE_OF[module.ENTITY_SET]

    assert getattr(module, "ID", table.primary_id) == table.primary_id
    assert getattr(module, "CASE", "_cht_caseid_value") in readable(table)
    whose = getattr(module, "REPRESENTATIVE", "_cht_representativeid_value")
    assert (whose in readable(table)) == (table.ownership is Ownership.USER)


@pytest.mark.parametrize(("entity_set", "row"), WRITTEN)
def test_what_is_written_is_a_column_of_its_table(entity_set: str, row: dict[str, Any]) -> None:
    assert set(row) <= writable(TABLE_OF[entity_set])


@pytest.mark.parametrize(("entity_set", "row"), CREATED)
def test_a_new_row_has_all_that_is_required(entity_set: str, row: dict[str, Any]) -> None:
    table = TABLE_OF[entity_set]

    assert {written_as(column) for column in table.columns if column.required} <= set(row)
    assert (table.ownership is Ownership.ORGANIZATION) == (entity_set in OF_NOBODY)


@pytest.mark.parametrize(("entity_set", "row"), WRITTEN)
def test_a_lookup_is_bound_to_the_table_it_leads_to(entity_set: str, row: dict[str, Any]) -> None:
    leads_to = {"incident": "incidents", "systemuser": "systemusers"}
    for column in TABLE_OF[entity_set].columns:
        if isinstance(column, Lookup) and written_as(column) in row:
            assert re.match(rf"/?{leads_to[column.target]}\(", row[written_as(column)])


def test_no_other_name_of_ours_is_used_anywhere() -> None:
    names = {column.logical_name for table in TABLES for column in table.columns}
    known = (
        names
        | {f"_{name}_value" for name in names}
        | {column.schema_name for table in TABLES for column in table.columns}
        | {name for t in TABLES for name in (t.entity_set, t.logical_name, t.primary_id)}
        | {setting.unique_name for setting in SETTINGS}
    )
    used = {
        name
        for path in FUNCTIONS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for name in re.findall(r"\b_?cht_\w+", node.value)
    }

    assert used - known == set()


def test_a_surface_has_the_number_of_its_label() -> None:
    labels = {surface: SURFACE.labels[number] for surface, number in segments.SURFACES.items()}

    assert labels == {
        Surface.WORKSPACE: "Workspace",
        Surface.HUB: "Hub",
        Surface.INBOX: "Inbox",
    }
    assert set(segments.SURFACE_OF) == set(SURFACE.labels)


def test_a_category_has_the_number_of_its_label() -> None:
    ours = {each.value: each.name.replace("_", " ").title() for each in Category}

    assert ours == TIME_LOG_CATEGORY.labels


def test_settings_are_called_as_administrators_see_them() -> None:
    assert tuple(setting.unique_name for setting in SETTINGS) == NAMES


def test_settings_have_the_defaults_that_administrators_see() -> None:
    defaults = {setting.unique_name: setting.default for setting in SETTINGS}

    assert effective_settings(defaults) == Settings()


def test_variables_have_our_prefix() -> None:
    assert Configuration.model_config["env_prefix"] == "CHT_"
