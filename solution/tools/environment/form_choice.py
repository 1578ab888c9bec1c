"""Which form is meant, by its name or id."""

from uuid import UUID

from dataverse_client import DataverseClient
from solution.tools.environment.case_forms import MAIN_FORMS, CaseForm, case_form
from solution.tools.environment.errors import BadOption


def chosen_form(dataverse: DataverseClient, name_or_id: str) -> CaseForm:
    """Return the main form of cases that is meant.

    Raises:
        BadOption: none is, or several are; the text lists those there are.
    """
    forms = {UUID(row["formid"]): str(row["name"]) for row in dataverse.rows(MAIN_FORMS)}
    wanted = name_or_id.strip()
    found = [
        form_id
        for form_id, name in forms.items()
        if wanted.casefold() == name.casefold() or wanted.strip("{}").lower() == str(form_id)
    ]
    if len(found) != 1:
        which = "no main form of cases is" if not found else f"{len(found)} main forms of cases are"
        shown = found or list(forms)
        listed = "".join(f"\n  {form_id}  {forms[form_id]}" for form_id in shown)
        said = "there are" if not found else "name one by its id"
        raise BadOption(f"--form: {which} called {name_or_id!r}; {said}:{listed}")
    form = case_form(dataverse, found[0])
    if form is None:
        raise BadOption(f"--form: {name_or_id!r} was deleted just now")
    return form
