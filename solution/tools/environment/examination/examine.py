"""All areas, one after the other."""

from collections.abc import Iterable, Iterator

from dataverse_client import AccessDenied
from solution.tools.environment.examination.forms import form_findings
from solution.tools.environment.examination.installed import (
    app_findings,
    control_findings,
    solution_finding,
)
from solution.tools.environment.examination.roles import (
    application_user_findings,
    representative_findings,
    role_findings,
)
from solution.tools.environment.examination.service import service_finding
from solution.tools.environment.examination.settings import setting_findings
from solution.tools.environment.examination.tables import table_findings
from solution.tools.environment.examination.webhooks import endpoint_findings, step_findings
from solution.tools.environment.reporter import Finding, Level, warning
from solution.tools.environment.session import Session


def examination(session: Session, functions_url: str | None) -> Iterator[Finding]:
    """Yield what is found. Where nothing is installed, that is the only finding about Dataverse."""
    dataverse = session.dataverse
    installed = solution_finding(dataverse)
    yield installed
    if installed.level is not Level.PROBLEM:
        areas = {
            "tables": table_findings(dataverse),
            "settings": setting_findings(dataverse),
            "roles": role_findings(dataverse),
            "the application user": application_user_findings(dataverse),
            "representatives": representative_findings(dataverse),
            "the webhook endpoint": endpoint_findings(dataverse, functions_url),
            "webhook steps": step_findings(dataverse),
            "the widget": control_findings(dataverse),
            "the admin app": app_findings(dataverse),
            "case forms": form_findings(dataverse, functions_url),
        }
        for name, findings in areas.items():
            yield from _as_far_as_allowed(name, findings)
    if functions_url is not None:
        yield service_finding(functions_url)


def _as_far_as_allowed(area: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    try:
        yield from findings
    except AccessDenied:
        yield warning(f"You may not look at {area}.", "Run this as System Administrator.")
