"""Put the widget on a case form, or tell one that is there where the functions are.

It stands in a section of its own at the top of a tab's first column. Edits of the form that nobody
has published yet are kept; publishing the widget publishes them too. `remove-from-form` undoes it.
"""

import argparse
import time

from solution.tools.environment.case_forms import control_version
from solution.tools.environment.errors import BadOption, Stopped
from solution.tools.environment.form_change import described, form_plan
from solution.tools.environment.form_choice import chosen_form
from solution.tools.environment.form_list import listed_forms
from solution.tools.environment.form_xml import Parameters, UnknownTab, widget_of, with_widget
from solution.tools.environment.options import (
    CREDENTIALS,
    add_dry_run,
    add_environment,
    add_form,
    add_functions_url,
    add_parameters,
    parameters_of,
)
from solution.tools.environment.plans import carry_out, foretell
from solution.tools.environment.session import Session, Wait, run_in
from solution.tools.environment.surroundings import require_changeable_forms

EPILOG = f"""\
Without --form it lists the main forms of cases with the apps that show them, and changes nothing.
What is not given stays as it is on the form. Without the address of the functions, or without a
sign-in, representatives see only their own time, and cannot correct what was tracked.

{CREDENTIALS}"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EPILOG
    add_environment(parser)
    add_form(parser, required=False)
    parser.add_argument("--tab", metavar="NAME", help="name or label of a tab; otherwise the first")
    add_functions_url(parser, required=False)
    add_parameters(parser)
    add_dry_run(parser)


def run(arguments: argparse.Namespace, *, wait: Wait = time.sleep) -> int:
    def work(session: Session) -> int:
        if arguments.form is None:
            for line in listed_forms(session.dataverse):
                session.report.say(line)
            return 0
        form = chosen_form(session.dataverse, arguments.form)
        require_changeable_forms(session.dataverse)
        if control_version(session.dataverse) is None:
            raise Stopped("the widget is not in this environment; deploy the solution first")
        told = widget_of(form.draft)
        wanted = parameters_of(arguments).over(told or Parameters())
        try:
            draft = with_widget(form.draft, wanted, tab=arguments.tab)
        except UnknownTab as error:
            raise BadOption(f"--tab: {error}") from error
        place = f"the widget on the form {form.name!r}"
        text = (
            f"put {place}, told {described(wanted)}"
            if told is None
            else f"tell {place} {described(wanted)}"
        )
        plan = form_plan(session, form, draft, text=text)
        (foretell if arguments.dry_run else carry_out)(session.report, plan)
        return 0

    return run_in(arguments, work, wait=wait)
