"""What the mock refuses to import, and that it makes of the solution what the model says."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from solution.model.identity import APP_LABEL, APP_NAME, SOLUTION_NAME
from tests.contract.solution_zip import changed, our_zip, with_file, without
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.solutions.archive import ImportFailedError
from tests.mock_dataverse.solutions.model_parts import model_parts
from tests.mock_dataverse.solutions.reading import read_solution

PARTS = "customizations.xml"
MANIFEST = "solution.xml"


@pytest.fixture
def mock() -> Iterator[MockDataverse]:
    mock = MockDataverse(installed=False)
    yield mock
    mock.close()


def test_imported_tables_are_those_of_the_model() -> None:
    found = {table.logical_name: table for table in read_solution(our_zip()).tables}

    assert found == {table.logical_name: table for table in model_parts().tables}


def test_imported_choices_and_roles_are_those_of_the_model() -> None:
    found, said = read_solution(our_zip()), model_parts()

    assert sorted(found.choices, key=str) == sorted(said.choices, key=str)
    assert {role.name: role for role in found.roles} == {role.name: role for role in said.roles}


@pytest.mark.parametrize("table", ["solution", "publisher", "settingdefinition"])
def test_an_import_makes_the_rows_that_an_installed_environment_has(
    mock: MockDataverse, table: str
) -> None:
    installed = MockDataverse()

    mock.import_solution(our_zip())

    assert told(mock, table) == told(installed, table)
    installed.close()


def test_an_imported_app_is_called_as_the_model_calls_it(mock: MockDataverse) -> None:
    mock.import_solution(our_zip())

    (app,) = (row for row in mock.rows("appmodule") if row["uniquename"] == APP_NAME)
    assert app["name"] == APP_LABEL


def told(mock: MockDataverse, table: str) -> list[dict[str, object]]:
    """Return the rows of a table without what says when they were written."""
    stamps = {"createdon", "modifiedon", "versionnumber", "@odata.etag"}
    rows = [
        {name: value for name, value in row.items() if name not in stamps}
        for row in mock.rows(table)
    ]
    return sorted(rows, key=str)


REFUSED = [
    pytest.param(PARTS, "Format>date<", "Format>duration<", "a date shown as", id="unknown date"),
    pytest.param(
        PARTS,
        "<ReferencedEntityName>Incident<",
        "<ReferencedEntityName>new_Nothing<",
        "leads to new_nothing",
        id="lookup to nowhere",
    ),
    pytest.param(
        PARTS, "prvAppendToIncident", "prvAppendToNothing", "prvAppendToNothing", id="privilege"
    ),
    pytest.param(
        PARTS, "<OptionSetName>cht_surface<", "<OptionSetName>cht_no<", "cht_no", id="choice"
    ),
    pytest.param(
        PARTS,
        'name="cht_Cht.CaseTime"',
        'name="cht_Cht.Nothing"',
        "cht_Cht.Nothing",
        id="control on a form",
    ),
    pytest.param(
        PARTS,
        "<CascadeDelete>Cascade<",
        "<CascadeDelete>Restrict<",
        "does not simulate CascadeDelete Restrict",
        id="what the mock cannot do",
    ),
    pytest.param(
        PARTS,
        '<SubArea Id="cht_Settings" Url="$webresource:cht_/settings.html"',
        '<SubArea Id="cht_Settings" Url="$webresource:cht_/nothing.html"',
        "needs cht_/nothing.html",
        id="page of an app",
    ),
    pytest.param(
        PARTS,
        'name="prvReadSettingDefinition" level="Global"',
        'name="prvReadSettingDefinition" level="Basic"',
        "prvReadSettingDefinition .* can't have depth = Basic",
        id="level of a privilege",
    ),
    pytest.param(
        PARTS,
        'name="prvAppendToUser" level="Local"',
        'name="prvAppendToUser" level="Basic"',
        "prvAppendToUser .* can't have depth = Basic",
        id="level that rows of business units do not have",
    ),
    pytest.param(
        PARTS,
        'name="prvReadAppModule" level="Global"',
        'name="prvReadAppSetting" level="Global"',
        "prvReadAppSetting, which does not exist",
        id="name that nobody public knows",
    ),
    pytest.param(
        PARTS, "<Workflows/>", "<Workflows><Workflow/></Workflows>", "Workflows", id="section"
    ),
    pytest.param(PARTS, "</ImportExportXml>", "", "not well-formed", id="broken XML"),
    pytest.param(
        MANIFEST,
        'schemaName="cht_surface"',
        'schemaName="cht_nothing"',
        "root component cht_nothing",
        id="root component",
    ),
]


@pytest.mark.parametrize(("part", "old", "new", "reason"), REFUSED)
def test_a_solution_that_cannot_be_is_refused(
    mock: MockDataverse, part: str, old: str, new: str, reason: str
) -> None:
    with pytest.raises(ImportFailedError, match=reason):
        mock.import_solution(changed(our_zip(), part, old, new))


@pytest.mark.parametrize("part", ["solution.xml", "customizations.xml", "[Content_Types].xml"])
def test_a_zip_needs_its_root_parts(mock: MockDataverse, part: str) -> None:
    with pytest.raises(ImportFailedError, match="root lacks"):
        mock.import_solution(without(our_zip(), part))


def test_a_named_file_has_to_be_in_the_zip(mock: MockDataverse) -> None:
    bundle = "Controls/cht_Cht.CaseTime/bundle.js"

    with pytest.raises(ImportFailedError, match=r"bundle\.js, which is not in the zip"):
        mock.import_solution(without(our_zip(), bundle))


def test_an_id_belongs_to_one_part(mock: MockDataverse) -> None:
    ids = [part.row_id for part in read_solution(our_zip()).parts if "fetchxml" in part.values]
    doubled = changed(our_zip(), PARTS, str(ids[0]), str(ids[1]))

    with pytest.raises(ImportFailedError, match="2 times"):
        mock.import_solution(doubled)


def managed() -> bytes:
    return changed(our_zip(), MANIFEST, "<Managed>0<", "<Managed>1<")


def test_a_managed_solution_is_published_with_its_import(mock: MockDataverse) -> None:
    mock.switches.new_parts_are_published = False

    mock.import_solution(managed())

    (solution,) = (row for row in mock.rows("solution") if row["uniquename"] == SOLUTION_NAME)
    assert solution["ismanaged"] is True
    assert any(row["ismanaged"] and row["type"] == 0 for row in mock.rows("systemform"))


@pytest.mark.parametrize("managed_first", [True, False])
def test_a_solution_stays_managed_or_unmanaged(mock: MockDataverse, *, managed_first: bool) -> None:
    first, second = (managed(), our_zip()) if managed_first else (our_zip(), managed())
    mock.import_solution(first)

    with pytest.raises(ImportFailedError, match="is installed as"):
        mock.import_solution(second)


def test_an_environment_can_block_what_is_not_managed(mock: MockDataverse) -> None:
    mock.switches.unmanaged_blocked = True

    with pytest.raises(ImportFailedError, match="doesn't allow unmanaged customizations"):
        mock.import_solution(our_zip())
    mock.import_solution(managed())


def test_labels_in_languages_that_are_not_there_are_refused_or_dropped(mock: MockDataverse) -> None:
    mock.switches.provisioned_languages = (1033, 1031)

    with pytest.raises(ImportFailedError, match="1025 is not provisioned"):
        mock.import_solution(our_zip())
    mock.switches.other_languages = "dropped"
    mock.import_solution(our_zip())


def test_a_failed_import_changes_nothing(mock: MockDataverse) -> None:
    before = {name: mock.rows(name) for name in mock.env.schema.tables}

    with pytest.raises(ImportFailedError):
        mock.import_solution(changed(our_zip(), PARTS, "prvAppendToIncident", "prvAppendToNothing"))

    assert {name: mock.rows(name) for name in mock.env.schema.tables} == before


def test_a_file_that_nothing_names_is_refused(mock: MockDataverse) -> None:
    with pytest.raises(ImportFailedError, match=r"canvasapps/app\.msapp"):
        mock.import_solution(with_file(our_zip(), "canvasapps/app.msapp"))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({">OrgOwned<": ">UserOwned<"}, "another kind", id="owners"),
        pytest.param(
            {"<Format>date<": "<Format>datetime<", "<Behavior>2<": "<Behavior>1<"},
            "another type",
            id="type of a column",
        ),
    ],
)
def test_what_is_there_does_not_become_something_else(
    mock: MockDataverse, changes: dict[str, str], reason: str
) -> None:
    mock.import_solution(our_zip())
    content = our_zip()
    for old, new in changes.items():
        content = changed(content, PARTS, old, new)

    with pytest.raises(ImportFailedError, match=reason):
        mock.import_solution(content)


def test_an_older_version_is_refused(mock: MockDataverse) -> None:
    mock.import_solution(our_zip())

    with pytest.raises(ImportFailedError, match="newer than"):
        mock.import_solution(changed(our_zip(), MANIFEST, "<Version>0.", "<Version>0.0."))


def test_an_upgrade_keeps_rows_and_takes_new_lengths(mock: MockDataverse) -> None:
    mock.import_solution(our_zip())
    case = mock.add_row("incident", {"title": "Printer"})
    log = {"cht_name": "log", "cht_caseid": case, "cht_minutes": 5}
    first = mock.add_row("cht_timelog", log)

    mock.import_solution(changed(our_zip(), PARTS, "<MaxLength>500<", "<MaxLength>600<"))

    mock.add_row("cht_timelog", log | {"cht_note": "x" * 600})
    rows = {UUID(str(row["cht_timelogid"])): row["cht_note"] for row in mock.rows("cht_timelog")}
    assert (rows.pop(first), list(rows.values())) == (None, ["x" * 600])


def test_an_upgrade_can_bring_a_column(mock: MockDataverse) -> None:
    older = renamed(our_zip(), "cht_Note", "cht_Remark")
    mock.import_solution(older)
    case = mock.add_row("incident", {"title": "Printer"})
    mock.add_row("cht_timelog", {"cht_caseid": case, "cht_minutes": 5, "cht_remark": "old"})

    mock.import_solution(our_zip())

    mock.add_row("cht_timelog", {"cht_caseid": case, "cht_minutes": 5, "cht_note": "new"})
    rows = [(row["cht_remark"], row["cht_note"]) for row in mock.rows("cht_timelog")]
    assert rows == [("old", None), (None, "new")]


def renamed(content: bytes, old: str, new: str) -> bytes:
    once = changed(content, PARTS, old, new)
    return changed(once, PARTS, old.lower(), new.lower())
