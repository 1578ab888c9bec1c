"""Which case forms carry the widget, and what is it told there?"""

from collections.abc import Iterator
from uuid import UUID

from dataverse_client import DataverseClient
from solution.tools.environment.case_forms import ACTIVE, MAIN_FORMS, CaseForm, case_forms
from solution.tools.environment.form_change import described
from solution.tools.environment.form_xml import Parameters, widget_of
from solution.tools.environment.reporter import Finding, ok, problem, warning

ADD = "Run `add-to-form --form NAME"


def form_findings(dataverse: DataverseClient, functions_url: str | None) -> Iterator[Finding]:
    # An inactive form is shown to nobody, whatever is on it.
    active = [row for row in dataverse.rows(MAIN_FORMS) if row["formactivationstate"] == ACTIVE]
    ids = [UUID(row["formid"]) for row in active]
    forms = [form for form in case_forms(dataverse, ids) if form is not None]
    with_widget = [form for form in forms if form.published and widget_of(form.published)]
    if not with_widget:
        yield problem("No active case form carries the widget.", f"{ADD}`.")
    for form in with_widget:
        yield from _form_findings(form, functions_url)


def _form_findings(form: CaseForm, functions_url: str | None) -> Iterator[Finding]:
    told = widget_of(form.published or form.draft) or Parameters()
    name = f"The form {form.name!r}"
    faults = []
    if told.apiBaseUrl is None:
        faults.append(
            warning(
                f"{name} has the widget, which does not know the functions.",
                f"{ADD} --functions-url URL`.",
            )
        )
    elif functions_url is not None and told.apiBaseUrl != functions_url:
        faults.append(
            problem(
                f"{name} sends its time to {told.apiBaseUrl}.",
                f"{ADD} --functions-url {functions_url}`.",
            )
        )
    elif told.signInClientId is None or told.signInScope is None:
        faults.append(
            warning(
                f"{name} has the widget, which cannot sign in: everybody sees only their own time.",
                f"{ADD} --sign-in-client-id GUID --sign-in-scope SCOPE`.",
            )
        )
    if widget_of(form.draft) != told:
        faults.append(
            warning(f"{name} has an edit of the widget that is not published.", "Publish the form.")
        )
    yield from faults or [ok(f"{name} has the widget: {described(told)}.")]
