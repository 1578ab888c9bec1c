"""``Entities/<table>/FormXml/main/<id>.xml``: the form on which a row is read.

Source: exported forms; the ids of the controls are the same everywhere.
"""

from itertools import groupby

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
from solution.model.forms import Form, Section
from solution.model.identity import stable_id
from solution.model.tables import Table
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
ABREAST = 2
ROWS_OF_TEXT = 4


def form_document(form: Form) -> Element:
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
        columns="1" * ABREAST,
        labelwidth="115",
        celllabelalignment="Left",
        celllabelposition="Left",
    )


def _rows(form: Form, section: Section, columns: dict[str, Attribute]) -> list[Element]:
    """Return the rows of a section, columns abreast; long texts get rows to themselves."""
    rows: list[Element] = []
    for long, group in groupby((columns[name] for name in section.columns), _is_long):
        if long:
            rows += [row for column in group for row in _rows_of_text(form, column)]
        else:
            cells = [_cell(form, column) for column in group]
            pairs = (cells[at : at + ABREAST] for at in range(0, len(cells), ABREAST))
            rows += [element("row", *pair) for pair in pairs]
    return rows


def _rows_of_text(form: Form, column: Attribute) -> list[Element]:
    """Return a row with the text, and an empty one for each further row that it covers."""
    cell = _cell(form, column, colspan=ABREAST, rowspan=ROWS_OF_TEXT)
    return [element("row", cell), *(element("row") for _ in range(ROWS_OF_TEXT - 1))]


def _is_long(column: Attribute) -> bool:
    return ("Format", "textarea") in column.details


def _cell(form: Form, column: Attribute, *, colspan: int = 1, rowspan: int = 1) -> Element:
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
        colspan=str(colspan),
        rowspan=str(rowspan),
    )
