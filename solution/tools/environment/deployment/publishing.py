"""Stage, publish: what the import brought is shown to people."""

from collections.abc import Iterator
from uuid import UUID

from dataverse_client import DataverseClient, Row
from dataverse_client import operations as op
from dataverse_client.operations import Operation
from solution.tools.environment.case_forms import is_missing
from solution.tools.environment.package import Package
from solution.tools.environment.plans import Change, Plan
from solution.tools.environment.session import Session

Pair = tuple[Operation[Row], Operation[Row], str]


def publish_plan(session: Session, package: Package, *, ahead: Package | None) -> Plan:
    """Say whether something of the package is imported and not published.

    That is so right after an import, and after one whose publishing was interrupted.
    """
    if ahead is None and not has_unpublished(session.dataverse, package):
        return Plan()
    # Not only our own parts: Dataverse has no way to name a control among what is published.
    text = "publish all customizations, those of others that wait for it too"
    publish = op.call_action("PublishAllXml", repeatable=True)
    return Plan((Change(text, lambda: session.dataverse.send(publish)),))


def has_unpublished(dataverse: DataverseClient, package: Package) -> bool:
    """Tell whether a form or web resource of the package differs from what people see."""
    pairs = [
        *_pairs("systemforms", package.form_ids, "formxml"),
        *_pairs("webresourceset", package.web_resource_ids, "content"),
    ]
    answers = dataverse.batch([each for pair in pairs for each in pair[:2]])
    for draft, published, column in pairs:
        if is_missing(answers.error(draft)):
            continue
        if is_missing(answers.error(published)):
            return True
        if answers[draft][column] != answers[published][column]:
            return True
    return False


def _pairs(entity_set: str, ids: tuple[UUID, ...], column: str) -> Iterator[Pair]:
    for each in ids:
        yield (
            op.call_function("RetrieveUnpublished", bound_to=(entity_set, each), select=[column]),
            op.read_row(entity_set, each, select=[column]),
            column,
        )
