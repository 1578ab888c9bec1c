"""Stage, case form: the widget on the form that the solution brings knows the functions."""

from dataclasses import replace

from solution.tools.environment.case_forms import case_form
from solution.tools.environment.deployment.target import Target
from solution.tools.environment.form_change import described, form_plan
from solution.tools.environment.form_xml import Parameters, widget_of, with_widget
from solution.tools.environment.package import CASE_FORM_ID
from solution.tools.environment.plans import Ahead, Plan
from solution.tools.environment.session import Session
from solution.tools.environment.surroundings import Surroundings


def case_form_plan(session: Session, target: Target, ahead: Ahead, around: Surroundings) -> Plan:
    """Say what the form is to be told; a package that is imported brings its form fitted out."""
    if ahead.package is not None:
        return Plan()
    form = case_form(session.dataverse, CASE_FORM_ID)
    if form is None:
        return Plan(notes=("our own case form was deleted here; --reimport brings it back",))
    if ahead.publishes:
        form = replace(form, published=form.draft)
    wanted = target.parameters.over(widget_of(form.draft) or Parameters())
    draft = with_widget(form.draft, wanted)
    plan = form_plan(session, form, draft, text=f"tell our case form {described(wanted)}")
    if plan.changes and around.blocks_unmanaged:
        said = f"our case form is not told {described(wanted)}: no form can be changed here"
        return Plan(notes=(f"{said}; --reimport brings it with that",))
    return plan
