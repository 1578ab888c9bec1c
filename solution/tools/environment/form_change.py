"""A form is changed: whose pending edits are there, what is written, what is published."""

from collections.abc import Iterator

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
    return Plan(changes, tuple(_notes(form)))


def _notes(form: CaseForm) -> Iterator[str]:
    if form.is_managed:
        yield f"{form.name!r} belongs to a managed solution; this lies on top, and outlives updates"
    if form.has_pending_edits:
        yield f"{form.name!r} has edits that nobody has published; they are kept, and published too"


def described(parameters: Parameters) -> str:
    """Return the parameters as people read them."""
    return ", ".join(f"{name}={value}" for name, value in parameters.given.items()) or "nothing"
