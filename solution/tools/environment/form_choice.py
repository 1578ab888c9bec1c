"""Which form is meant, by its name or id."""

from uuid import UUID

from dataverse_client import DataverseClient, Row
from solution.tools.environment.case_forms import MAIN_FORMS, CaseForm, case_form
from solution.tools.environment.errors import BadOption


def chosen_form(dataverse: DataverseClient, name_or_id: str) -> CaseForm:
    """Return the main form of cases that is meant.

    Raises:
        BadOption: none is, or several are; the text lists those there are.
    """
    forms = list(dataverse.rows(MAIN_FORMS))
    found = [row for row in forms if _is_called(row, name_or_id.strip())]
    if len(found) != 1:
        which = "no main form of cases is" if not found else f"{len(found)} main forms of cases are"
        said = "there are" if not found else "name one by its id"
        listed = "".join(f"\n  {shown(row)}" for row in found or forms)
        raise BadOption(f"--form: {which} called {name_or_id!r}; {said}:{listed}")
    form = case_form(dataverse, UUID(found[0]["formid"]))
    if form is None:
        raise BadOption(f"--form: {name_or_id!r} was deleted just now")
    return form


def _is_called(row: Row, name_or_id: str) -> bool:
    return name_or_id.casefold() == str(row["name"]).casefold() or (
        name_or_id.strip("{}").lower() == row["formid"]
    )


def shown(row: Row) -> str:
    """Return a form as people read it."""
    return f"{row['formid']}  {row['name']}{' (managed)' if row['ismanaged'] else ''}"
