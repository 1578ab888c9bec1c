"""Stage, publish: what the import brought is shown to people."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from lxml import etree

from dataverse_client import DataverseClient, Operation, Query, RequestRejected, Row, any_of, eq
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

NAMED = {
    "sitemaps": ("sitemapid", "sitemapnameunique", "sitemapxml"),
    "appmodules": ("appmoduleid", "uniquename", "name"),
}
"""Of parts that files only name: the id, the unique name and what tells a draft, by the set."""

PUBLISH = "publish what the solution brings, and with its case form whatever waits on cases"


def publish_plan(session: Session, package: Package, ahead: Ahead) -> Plan:
    """Say whether something of the package is imported and not published.

    That is so right after an import, and after one whose publishing was interrupted. A managed
    solution is published by its import.
    """
    if package.is_managed:
        return Plan()
    if ahead.package is None and not has_unpublished(session.dataverse, package):
        return Plan()
    return Plan((Change(PUBLISH, lambda: publish(session, package)),))


def publish(session: Session, package: Package) -> None:
    """Publish the parts of a package, and nothing of others but what waits on the same tables.

    A form is published with its table. Nothing tells whether a control is published, so controls
    come first: if that is interrupted, the other parts still wait, and the next run begins anew.
    """
    dataverse = session.dataverse
    _publish_controls(session, package)
    parts = {
        "entities/entity": package.tables,
        "dashboards/dashboard": package.named("dashboard"),
        "optionsets/optionset": package.named("optionset"),
        "sitemaps/sitemap": _ids(dataverse, "sitemaps", package.named("sitemap")),
        "webresources/webresource": package.named("webresource"),
        "appmodules/appmodule": _ids(dataverse, "appmodules", package.named("appmodule")),
    }
    dataverse.send(_publishing(parts))


def _publish_controls(session: Session, package: Package) -> None:
    """Publish the widget; its kind is in no published schema, so a refusal stops nobody."""
    dataverse = session.dataverse
    controls = any_of(*(eq("name", name) for name in package.named("customcontrol")))
    query = Query("customcontrols").select("customcontrolid").where(controls)
    ids = [str(row["customcontrolid"]) for row in dataverse.rows(query)]
    try:
        dataverse.send(_publishing({"customcontrols/customcontrol": ids}))
    except RequestRejected as error:
        session.report.say(
            f"note: Dataverse does not publish the widget by itself ({error}); if forms keep"
            " showing an older one, choose *Publish all customizations* in Power Apps"
        )


def _publishing(parts: Mapping[str, Iterable[str]]) -> Operation[Row]:
    """Return the request. Source: model-driven apps docs ``publish-request-schema``."""
    root = etree.Element("importexportxml")
    for path, names in parts.items():
        group, _, kind = path.partition("/")
        holder = etree.SubElement(root, group)
        for name in names:
            etree.SubElement(holder, kind).text = name
    text = etree.tostring(root, encoding="unicode")
    return op.call_action("PublishXml", {"ParameterXml": text}, repeatable=True)


def _ids(dataverse: DataverseClient, entity_set: str, names: Collection[str]) -> list[str]:
    id_column, *_ = NAMED[entity_set]
    return [str(row[id_column]) for row in _drafts(dataverse, entity_set, names)]


def _drafts(dataverse: DataverseClient, entity_set: str, names: Collection[str]) -> list[Row]:
    """Return rows by unique name as they were written last, never published ones too."""
    _, name_column, _ = columns = NAMED[entity_set]
    function = op.call_function("RetrieveUnpublishedMultiple", bound_to=entity_set, select=columns)
    rows = dataverse.send(function)["value"]
    return [row for row in rows if row[name_column] in names]


def has_unpublished(dataverse: DataverseClient, package: Package) -> bool:
    """Tell whether a part of the package differs from what people see, as far as that is told."""
    return (
        _rows_wait(dataverse, package.publishable)
        or _named_wait(dataverse, "sitemaps", package.named("sitemap"))
        or _named_wait(dataverse, "appmodules", package.named("appmodule"))
    )


def _named_wait(dataverse: DataverseClient, entity_set: str, names: Collection[str]) -> bool:
    id_column, name_column, content = NAMED[entity_set]
    wanted = any_of(*(eq(name_column, name) for name in names))
    query = Query(entity_set).select(id_column, content).where(wanted)
    shown = {row[id_column]: row[content] for row in dataverse.rows(query)}
    return any(
        row[id_column] not in shown or row[content] != shown[row[id_column]]
        for row in _drafts(dataverse, entity_set, names)
    )


def _rows_wait(dataverse: DataverseClient, rows: tuple[tuple[str, UUID], ...]) -> bool:
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
