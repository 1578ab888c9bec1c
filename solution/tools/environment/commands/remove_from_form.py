"""Take the widget off a case form, with its section if nothing else was put there.

What was tracked stays. Other edits of the form are kept, and published along.
"""

import argparse
import time

from solution.tools.environment.form_change import form_plan
from solution.tools.environment.form_choice import chosen_form
from solution.tools.environment.form_xml import without_widget
from solution.tools.environment.options import (
    CREDENTIALS,
    add_dry_run,
    add_environment,
    add_form,
)
from solution.tools.environment.plans import carry_out, foretell
from solution.tools.environment.session import Session, Wait, run_in
from solution.tools.environment.surroundings import require_changeable_forms


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = CREDENTIALS
    add_environment(parser)
    add_form(parser, required=True)
    add_dry_run(parser)


def run(arguments: argparse.Namespace, *, wait: Wait = time.sleep) -> int:
    def work(session: Session) -> int:
        form = chosen_form(session.dataverse, arguments.form)
        require_changeable_forms(session.dataverse)
        text = f"take the widget off the form {form.name!r}"
        plan = form_plan(session, form, without_widget(form.draft), text=text)
        (foretell if arguments.dry_run else carry_out)(session.report, plan)
        return 0

    return run_in(arguments, work, wait=wait)
