"""The main forms of cases in an environment: as published, and as somebody is editing them."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from dataverse_client import DataverseClient, Query, RequestRejected, all_of, eq
from dataverse_client import operations as op
from solution.model.identity import CONTROL_NAME

CASE = "incident"
FORMS = "systemforms"
MAIN = 2
ACTIVE = 1
OBJECT_MISSING = "0x80040217"
"""Says that a row does not exist, and comes with other statuses than 404 too."""
PUBLISH_CASES = f"<importexportxml><entities><entity>{CASE}</entity></entities></importexportxml>"

DRAFT_COLUMNS = ("name", "formxml", "ismanaged")
MAIN_FORMS = (
    Query(FORMS)
    .select("formid", "name", "ismanaged", "formactivationstate")
    .where(all_of(eq("objecttypecode", CASE), eq("type", MAIN)))
    .order_by("name")
)


@dataclass(frozen=True, slots=True)
class CaseForm:
    """One form. ``published`` is None when it never was; ``draft`` is what an editor shows."""

    id: UUID
    name: str
    draft: str
    published: str | None
    is_managed: bool = False

    @property
    def has_pending_edits(self) -> bool:
        return self.draft != self.published


def case_form(dataverse: DataverseClient, form_id: UUID) -> CaseForm | None:
    """Return a form; None when there is none of this id."""
    return case_forms(dataverse, [form_id])[0]


def case_forms(dataverse: DataverseClient, form_ids: list[UUID]) -> list[CaseForm | None]:
    """Return each form in one request; None in the place of one that is not there."""
    drafts = [
        op.call_function("RetrieveUnpublished", bound_to=(FORMS, form_id), select=DRAFT_COLUMNS)
        for form_id in form_ids
    ]
    published = [op.read_row(FORMS, form_id, select=["formxml"]) for form_id in form_ids]
    answers = dataverse.batch([*drafts, *published])
    found: list[CaseForm | None] = []
    for form_id, draft, shown in zip(form_ids, drafts, published, strict=True):
        if is_missing(answers.error(draft)):
            found.append(None)
            continue
        row = answers[draft]
        seen = None if is_missing(answers.error(shown)) else answers[shown]["formxml"]
        managed = bool(row["ismanaged"])
        found.append(CaseForm(form_id, str(row["name"]), str(row["formxml"]), seen, managed))
    return found


def is_missing(error: Exception | None) -> bool:
    """Tell whether this is how Dataverse says that there is no such thing."""
    if not isinstance(error, RequestRejected):
        return False
    return error.context.status == HTTPStatus.NOT_FOUND or error.context.code == OBJECT_MISSING


def save(dataverse: DataverseClient, form: CaseForm, formxml: str) -> None:
    """Replace what the editor shows, and publish the table of cases, and only that."""
    dataverse.update(FORMS, form.id, {"formxml": formxml})
    publish(dataverse)


def publish(dataverse: DataverseClient) -> None:
    dataverse.send(op.call_action("PublishXml", {"ParameterXml": PUBLISH_CASES}, repeatable=True))


def control_version(dataverse: DataverseClient) -> str | None:
    """Return which version of the widget can be put on forms; None when none can."""
    query = Query("customcontrols").select("version").where(eq("name", CONTROL_NAME))
    return next((str(row["version"]) for row in dataverse.rows(query)), None)
