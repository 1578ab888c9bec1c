"""The main forms of cases, with the apps that show them."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from dataverse_client import (
    AlternateKey,
    DataverseClient,
    Query,
    RequestRejected,
    all_of,
    any_of,
    eq,
)
from dataverse_client import operations as op
from solution.model.identity import CASE_FORM_LABEL
from solution.tools.environment.case_forms import ACTIVE, CASE, MAIN_FORMS
from solution.tools.environment.form_choice import shown

TABLE, FORM = 1, 60
"""Types of an app's components."""

OPENED_BY = {
    "Case for Multisession experience": "Customer Service workspace opens it by default",
    "Enhanced full case form": "Customer Service workspace opens it where enhanced case forms are"
    " switched on",
    "Case for Interactive experience": "Customer Service Hub opens it by default",
    "Case": "apps of your own often open it",
    CASE_FORM_LABEL: "came along with this solution, and has the widget already",
}
"""Who opens which form. Source: Customer Service docs ``enh-casemgmt-csw`` and what they say of
search controls and skills for each of the first three."""

Apps = dict[UUID, list[str]]
"""The names of apps by the component that they show."""


def listed_forms(dataverse: DataverseClient) -> Iterator[str]:
    """Yield lines that help to choose a form."""
    forms = [row for row in dataverse.rows(MAIN_FORMS) if row["formactivationstate"] == ACTIVE]
    yield "main forms of cases:"
    try:
        naming, showing_all = _apps(dataverse, [UUID(row["formid"]) for row in forms])
    except RequestRejected:
        naming, showing_all = {}, []
        yield "  (which apps show them cannot be read here)"
    for form in forms:
        yield f"  {shown(form)}"
        apps = naming.get(UUID(form["formid"]), [])
        if apps:
            yield f"      named by {', '.join(sorted(apps))}"
        if form["name"] in OPENED_BY:
            yield f"      {OPENED_BY[form['name']]}"
    if showing_all:
        yield f"apps that name none, and so show each: {', '.join(sorted(showing_all))}"
    yield "choose with --form; nothing was changed"


def _apps(dataverse: DataverseClient, forms: Sequence[UUID]) -> tuple[Apps, list[str]]:
    """Return which apps name which form, and those that have cases and name no form of them."""
    name = AlternateKey(LogicalName=CASE)
    table = dataverse.send(op.read_row("EntityDefinitions", name, select=["MetadataId"]))
    cases = UUID(table["MetadataId"])
    wanted = any_of(
        all_of(eq("componenttype", TABLE), eq("objectid", cases)),
        *(all_of(eq("componenttype", FORM), eq("objectid", form)) for form in forms),
    )
    parts = Query("appmodulecomponents").select("objectid", "_appmoduleidunique_value")
    names = {
        row["appmoduleidunique"]: str(row["name"])
        for row in dataverse.rows(Query("appmodules").select("name", "appmoduleidunique"))
    }
    shown_by: Apps = {}
    for part in dataverse.rows(parts.where(wanted)):
        app = names.get(part["_appmoduleidunique_value"])
        if app is not None:
            shown_by.setdefault(UUID(part["objectid"]), []).append(app)
    naming = {form for apps in (shown_by.get(form, []) for form in forms) for form in apps}
    return shown_by, [app for app in shown_by.get(cases, []) if app not in naming]
