"""Which case forms carry the widget, and what is it told there?"""

from collections.abc import Iterator
from shlex import quote
from uuid import UUID

from dataverse_client import DataverseClient, Row
from solution.tools.environment.case_forms import ACTIVE, MAIN_FORMS, CaseForm, case_forms
from solution.tools.environment.form_change import described
from solution.tools.environment.form_list import OPENED_BY
from solution.tools.environment.form_xml import Parameters, widget_of
from solution.tools.environment.reporter import Finding, ok, problem, warning

ACTIVATE = "Activate a main form of cases; `add-to-form` lists them and puts the widget on one."


def form_findings(dataverse: DataverseClient, functions_url: str | None) -> Iterator[Finding]:
    # An inactive form is shown to nobody, whatever is on it.
    rows = list(dataverse.rows(MAIN_FORMS))
    active = [row for row in rows if row["formactivationstate"] == ACTIVE]
    ids = [UUID(row["formid"]) for row in active]
    forms = [form for form in case_forms(dataverse, ids) if form is not None]
    with_widget = [form for form in forms if form.published and widget_of(form.published)]
    if not with_widget:
        likely = min(active, key=_rank, default=None)
        remedy = ACTIVATE if likely is None else f"{_add(likely, rows)}`."
        yield problem("No active case form carries the widget.", remedy)
    for form in with_widget:
        (row,) = (row for row in active if UUID(row["formid"]) == form.id)
        yield from _form_findings(form, functions_url, _add(row, rows))


def _rank(form: Row) -> int:
    """Return how likely people open a form, the likeliest first."""
    return [*OPENED_BY, form["name"]].index(form["name"])


def _add(form: Row, forms: list[Row]) -> str:
    """Return the beginning of what to run: with the form's id where its name means several."""
    name = str(form["name"])
    named = [row for row in forms if str(row["name"]).casefold() == name.casefold()]
    return f"Run `add-to-form --form {quote(name) if len(named) == 1 else form['formid']}"


def _form_findings(form: CaseForm, functions_url: str | None, add: str) -> Iterator[Finding]:
    told = widget_of(form.published or form.draft) or Parameters()
    name = f"The form {form.name!r}"
    faults = []
    if told.apiBaseUrl is None:
        faults.append(
            warning(
                f"{name} has the widget, which does not know the functions.",
                f"{add} --functions-url URL`.",
            )
        )
    elif functions_url is not None and told.apiBaseUrl != functions_url:
        faults.append(
            problem(
                f"{name} sends its time to {told.apiBaseUrl}.",
                f"{add} --functions-url {functions_url}`.",
            )
        )
    elif told.signInClientId is None or told.signInScope is None:
        faults.append(
            warning(
                f"{name} has the widget, which cannot sign in: everybody sees only their own time.",
                f"{add} --sign-in-client-id GUID --sign-in-scope SCOPE`.",
            )
        )
    if widget_of(form.draft) != told:
        faults.append(
            warning(f"{name} has an edit of the widget that is not published.", "Publish the form.")
        )
    yield from faults or [ok(f"{name} has the widget: {described(told)}.")]
