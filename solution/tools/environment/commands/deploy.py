"""Install or update the solution in an environment, and connect it with the functions.

Imports the solution unless this version is there, publishes it, waits until its tables can be used,
registers the webhook, gives the functions' application user its role, tells our own case form where
the functions are, and has the functions try their own calls to Dataverse. Run again, it changes
only what is missing; interrupted, it goes on where it was.
"""

import argparse
import time
from pathlib import Path

from solution.model.webhooks import ACTIVITY_STEPS
from solution.tools.environment.deployment.deploy import deploy, forecast
from solution.tools.environment.deployment.proof import foretell_proof
from solution.tools.environment.deployment.target import Target
from solution.tools.environment.options import (
    CREDENTIALS,
    WEBHOOK_KEY,
    add_dry_run,
    add_environment,
    add_functions_url,
    add_parameters,
    add_representative,
    guid,
    parameters_of,
    webhook_key,
)
from solution.tools.environment.package import package_at
from solution.tools.environment.plans import foretell
from solution.tools.environment.session import Session, Wait, run_in
from solution.tools.environment.without_webhooks import instead_of

EPILOG = f"""\
{CREDENTIALS}
The key that Dataverse calls the functions with is a function key of theirs:
  {WEBHOOK_KEY}           needed for an import, when the address or the key changes, and to
                            have the functions try their own calls

The role System Administrator is needed in the environment. For example:
  python -m solution.tools deploy --environment https://org.crm4.dynamics.com \\
      --functions-url https://app.azurewebsites.net/api --application-id GUID --dry-run
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EPILOG
    add_environment(parser)
    add_functions_url(parser, required=True)
    parser.add_argument(
        "--application-id",
        type=guid,
        metavar="GUID",
        help="the client id by which the functions sign in to Dataverse; gets a user and its role",
    )
    add_parameters(parser)
    parser.add_argument(
        "--solution",
        type=Path,
        metavar="ZIP",
        help="the package; otherwise this checkout is packed",
    )
    parser.add_argument(
        "--managed",
        action="store_true",
        help="import the managed solution, for environments that block unmanaged customizations",
    )
    parser.add_argument(
        "--reimport", action="store_true", help="import the solution although its version is there"
    )
    parser.add_argument(
        "--activity-webhooks",
        action="store_true",
        help="have Dataverse tell of every e-mail, task, phone call and appointment at once;"
        f" otherwise such steps are taken away: {instead_of(*ACTIVITY_STEPS)}",
    )
    parser.add_argument(
        "--renew-key", action="store_true", help=f"set the webhook's key anew, to {WEBHOOK_KEY}"
    )
    add_representative(parser)
    parser.add_argument(
        "--smoke-test-case",
        type=guid,
        metavar="GUID",
        help="a case made for tests: a row of each table is written on it, read and removed, and "
        "the representative must see it",
    )
    add_dry_run(parser)


def run(arguments: argparse.Namespace, *, wait: Wait = time.sleep) -> int:
    def work(session: Session) -> int:
        target = Target(
            package=package_at(arguments.solution, managed=arguments.managed),
            functions_url=arguments.functions_url,
            parameters=parameters_of(arguments),
            webhook_key=webhook_key(),
            renews_key=arguments.renew_key,
            activity_webhooks=arguments.activity_webhooks,
            application_id=arguments.application_id,
            reimports=arguments.reimport,
            representative=arguments.representative,
            smoke_test_case=arguments.smoke_test_case,
        )
        if arguments.dry_run:
            foretell(session.report, forecast(session, target))
            foretell_proof(session, target)
        else:
            deploy(session, target)
        return 0

    return run_in(arguments, work, wait=wait)
