"""``Entities/<table>/FormXml/main/<id>.xml``: the form on which a row is read.

Source: exported forms; the ids of the controls are the same everywhere.
"""

from solution.generator.attributes import Attribute, of_column
from solution.generator.elements import (
    FIRST_VERSION,
    braced,
    descriptions,
    element,
    label_list,
    leaves,
    names,
)
from solution.generator.system_columns import system_columns
from solution.model.identity import stable_id
from solution.model.tables import Table
from solution.model.views import Form, Section
from solution.tools.packing.documents import Element

LINE = "{4273EDBD-AC1D-40d3-9FB2-095C621B552D}"
LINES = "{E0DECE4B-6FC8-4A8F-A065-082708572369}"
CONTROLS = {
    "nvarchar": LINE,
    "int": "{C6D124CA-7EDA-4a60-AEA9-7FB8D318B68F}",
    "datetime": "{5B773807-9FB2-42db-97C3-7A91EFF8ADFF}",
    "picklist": "{3EF39988-22BB-4f0b-BBBE-64B5A3748AEE}",
    "state": "{3EF39988-22BB-4f0b-BBBE-64B5A3748AEE}",
    "lookup": "{270BD3DB-D9AF-4782-9025-509E298DEC0A}",
    "owner": "{270BD3DB-D9AF-4782-9025-509E298DEC0A}",
}
"""What shows a column on a form, by the column's type."""
ROWS_OF_TEXT = 4


def form(form: Form) -> Element:
    columns = _columns(form.table)
    sections = (_section(form, section, columns) for section in form.sections)
    tab = element(
        "tab",
        label_list("General"),
        element("columns", element("column", element("sections", *sections), width="100%")),
        name="general",
        id=braced(stable_id("tab", form.table.logical_name)),
        IsUserDefined="0",
        locklevel="0",
        showlabel="true",
        expanded="true",
        verticallayout="true",
    )
    shown_to = element("DisplayConditions", element("Everyone"), Order="0", FallbackForm="true")
    system = element(
        "systemform",
        *leaves(
            formid=braced(form.id),
            IntroducedVersion=FIRST_VERSION,
            FormPresentation=1,
            FormActivationState=1,
        ),
        element("form", element("tabs", tab), shown_to),
        *leaves(IsCustomizable=1, CanBeDeleted=1),
        names(form.label),
        descriptions(form.table.description),
    )
    return element("forms", system)


def _columns(table: Table) -> dict[str, Attribute]:
    every = [*(of_column(column, table) for column in table.columns), *system_columns(table)]
    return {column.logical_name: column for column in every}


def _section(form: Form, section: Section, columns: dict[str, Attribute]) -> Element:
    place = f"{form.table.logical_name}/{section.label}"
    return element(
        "section",
        label_list(section.label),
        element("rows", *_rows(form, section, columns)),
        name=section.label.lower().replace(" ", "_"),
        id=braced(stable_id("section", place)),
        IsUserDefined="0",
        locklevel="0",
        showlabel="true",
        showbar="false",
        columns="11",
        labelwidth="115",
        celllabelalignment="Left",
        celllabelposition="Left",
    )


def _rows(form: Form, section: Section, columns: dict[str, Attribute]) -> list[Element]:
    """Return the rows of a section, two columns abreast; long texts get rows to themselves."""
    rows: list[Element] = []
    waiting: list[Element] = []
    for name in section.columns:
        column = columns[name]
        if not _is_long(column):
            waiting.append(_cell(form, column))
        if waiting and (_is_long(column) or len(waiting) == 2):  # noqa: PLR2004 - a pair
            rows.append(element("row", *waiting))
            waiting = []
        if _is_long(column):
            rows.append(element("row", _cell(form, column, colspan="2", rowspan=str(ROWS_OF_TEXT))))
            rows.extend(element("row") for _ in range(ROWS_OF_TEXT - 1))
    return [*rows, element("row", *waiting)] if waiting else rows


def _is_long(column: Attribute) -> bool:
    return ("Format", "textarea") in column.details


def _cell(form: Form, column: Attribute, colspan: str = "1", rowspan: str = "1") -> Element:
    name = column.logical_name
    control = element(
        "control",
        id=name,
        classid=LINES if _is_long(column) else CONTROLS[column.type],
        datafieldname=name,
        disabled="false" if name in form.editable else "true",
    )
    return element(
        "cell",
        label_list(column.label),
        control,
        id=braced(stable_id("cell", f"{form.table.logical_name}/{name}")),
        locklevel="0",
        colspan=colspan,
        rowspan=rowspan,
    )
