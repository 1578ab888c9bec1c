"""A form is changed: whose pending edits are there, what is written, what is published."""

from solution.tools.environment.case_forms import CaseForm, publish, save
from solution.tools.environment.form_xml import Parameters, widget_of
from solution.tools.environment.plans import Change, Plan
from solution.tools.environment.session import Session


def form_plan(session: Session, form: CaseForm, draft: str, *, text: str) -> Plan:
    """Say what it takes that everybody sees the widget as on this draft; ``text`` tells it.

    A form that was written and then not published, because that was interrupted, is published.
    Pending edits that have nothing to do with the widget are left pending.
    """
    dataverse = session.dataverse
    if draft != form.draft:
        changes = (Change(text, lambda: save(dataverse, form, draft)),)
    elif form.published is None or widget_of(form.published) != widget_of(draft):
        changes = (Change(f"publish the form {form.name!r}", lambda: publish(dataverse)),)
    else:
        return Plan()
    if not form.has_pending_edits:
        return Plan(changes)
    return Plan(changes, (f"{form.name!r} has edits that are not published; they will be, along",))


def described(parameters: Parameters) -> str:
    """Return the parameters as people read them."""
    return ", ".join(f"{name}={value}" for name, value in parameters.given.items()) or "nothing"
