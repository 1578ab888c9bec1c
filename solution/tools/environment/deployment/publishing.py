"""Stage, publish: what the import brought is shown to people."""

from uuid import UUID

from dataverse_client import DataverseClient
from dataverse_client import operations as op
from solution.tools.environment.case_forms import is_missing
from solution.tools.environment.package import Package
from solution.tools.environment.plans import Ahead, Change, Plan
from solution.tools.environment.session import Session

COLUMNS = {
    "systemforms": ("formxml",),
    "savedqueries": ("fetchxml", "layoutxml"),
    "savedqueryvisualizations": ("datadescription", "presentationdescription"),
    "webresourceset": ("content",),
}
"""What tells a draft from what is published, by the set."""


def publish_plan(session: Session, package: Package, ahead: Ahead) -> Plan:
    """Say whether something of the package is imported and not published.

    That is so right after an import, and after one whose publishing was interrupted.
    """
    if ahead.package is None and not has_unpublished(session.dataverse, package.publishable):
        return Plan()
    # Not only our own parts: Dataverse has no way to name a control among what is published.
    text = "publish all customizations, those of others that wait for it too"
    publish = op.call_action("PublishAllXml", repeatable=True)
    return Plan((Change(text, lambda: session.dataverse.send(publish)),))


def has_unpublished(dataverse: DataverseClient, rows: tuple[tuple[str, UUID], ...]) -> bool:
    """Tell whether one of the rows, given by set and id, differs from what people see."""
    drafts = [
        op.call_function("RetrieveUnpublished", bound_to=row, select=COLUMNS[row[0]])
        for row in rows
    ]
    shown = [op.read_row(*row, select=COLUMNS[row[0]]) for row in rows]
    answers = dataverse.batch([*drafts, *shown])
    for (entity_set, _), draft, seen in zip(rows, drafts, shown, strict=True):
        if is_missing(answers.error(draft)):
            continue
        if is_missing(answers.error(seen)):
            return True
        if any(answers[draft][name] != answers[seen][name] for name in COLUMNS[entity_set]):
            return True
    return False
