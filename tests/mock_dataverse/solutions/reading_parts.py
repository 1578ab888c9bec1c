"""Forms, views, charts, dashboards, web resources, controls, apps and settings of a solution."""

from base64 import b64encode
from collections.abc import Iterator

from tests.mock_dataverse.builtin_tables import APP_MODULE, SETTING_DEFINITION
from tests.mock_dataverse.customization_tables import (
    CHART,
    CUSTOM_CONTROL,
    SAVED_QUERY,
    SITE_MAP,
    SYSTEM_FORM,
    WEB_RESOURCE,
)
from tests.mock_dataverse.solutions.archive import (
    Archive,
    Element,
    ImportFailedError,
    content_of,
    content_of_itself,
    english,
    flag,
    identity,
    named,
    not_simulated_part,
    number,
    said,
)
from tests.mock_dataverse.solutions.parts import Part, Root
from tests.mock_dataverse.solutions.rows import given_id
from tests.mock_dataverse.store import Row

FORM_KINDS = {"main": 2, "quick": 6, "quickCreate": 7, "card": 11}
DASHBOARD = 0
SETTINGS = "settingdefinitions/"
IN_WEB_RESOURCES = "$webresource:"
SETTING_NUMBERS = ("datatype", "isoverridable", "overridablelevel", "releaselevel", "ishidden")


def table_parts(entity: Element) -> Iterator[Part]:
    """Yield the forms, views and charts of one table."""
    table = said(entity, "Name").lower()
    ribbon = entity.find("RibbonDiffXml")
    if ribbon is not None and len(ribbon):
        raise not_simulated_part(f"the ribbon of {table}")
    for forms in entity.iterfind("FormXml/forms"):
        kind = FORM_KINDS.get(str(forms.get("type")))
        if kind is None:
            raise not_simulated_part(f"forms of the type {forms.get('type')}")
        for form in forms:
            yield _form(form, table, kind)
    for view in entity.iterfind("SavedQueries/savedqueries/savedquery"):
        yield _view(view, table)
    for chart in entity.iterfind("Visualizations/visualization"):
        yield _chart(chart, table)


def _form(form: Element, table: str, kind: int) -> Part:
    xml = form.find("form")
    name = named(form, "LocalizedNames/LocalizedName")
    if xml is None:
        raise ImportFailedError(f"The form {name} of {table} is empty.")
    return Part(
        table=SYSTEM_FORM,
        row_id=identity(form.findtext("formid"), f"The form {name}"),
        values={
            "name": name,
            "description": english(form, "Descriptions/Description"),
            "objecttypecode": table,
            "type": kind,
            "formactivationstate": flag(form, "FormActivationState"),
            "isdefault": 0,
            "ismanaged": 0,
            "formxml": content_of_itself(xml),
        },
    )


def _view(view: Element, table: str) -> Part:
    name = named(view, "LocalizedNames/LocalizedName")
    return Part(
        table=SAVED_QUERY,
        row_id=identity(view.findtext("savedqueryid"), f"The view {name}"),
        values={
            "name": name,
            "returnedtypecode": table,
            "querytype": number(view, "querytype"),
            "isdefault": flag(view, "isdefault"),
            "fetchxml": content_of(view, "fetchxml"),
            "layoutxml": content_of(view, "layoutxml"),
        },
    )


def _chart(chart: Element, table: str) -> Part:
    name = named(chart, "LocalizedNames/LocalizedName")
    return Part(
        table=CHART,
        row_id=identity(chart.findtext("savedqueryvisualizationid"), f"The chart {name}"),
        values={
            "name": name,
            "primaryentitytypecode": table,
            "isdefault": flag(chart, "isdefault"),
            "datadescription": content_of(chart, "datadescription"),
            "presentationdescription": content_of(chart, "presentationdescription"),
        },
    )


def dashboard(element: Element) -> Part:
    name = named(element, "LocalizedNames/LocalizedName")
    return Part(
        table=SYSTEM_FORM,
        row_id=identity(element.findtext("FormId"), f"The dashboard {name}"),
        values={
            "name": name,
            "description": english(element, "Descriptions/Description"),
            "objecttypecode": "none",
            "type": DASHBOARD,
            "formactivationstate": 1,
            "isdefault": flag(element, "IsDefault"),
            "ismanaged": 0,
            "formxml": content_of(element, "FormXml/forms"),
        },
    )


def web_resource(element: Element, archive: Archive) -> Part:
    name = said(element, "Name")
    content = archive.file(said(element, "FileName"), f"The web resource {name}")
    return Part(
        table=WEB_RESOURCE,
        row_id=identity(element.findtext("WebResourceId"), f"The web resource {name}"),
        values={
            "name": name,
            "displayname": element.findtext("DisplayName"),
            "webresourcetype": number(element, "WebResourceType"),
            "languagecode": int(element.findtext("LanguageCode") or 0) or None,
            "content": b64encode(content).decode("ascii"),
        },
    )


def control(element: Element, archive: Archive) -> Part:
    """Return a control with the version of its manifest, whose files must all be there."""
    name, path = said(element, "Name"), said(element, "FileName").removeprefix("/")
    manifest = archive.document(path, f"The control {name}")
    described = manifest.find("control")
    if described is None:
        raise ImportFailedError(f"{path} describes no control.")
    own_name = f"{described.get('namespace')}.{described.get('constructor')}"
    if name.partition("_")[2] != own_name:
        raise ImportFailedError(f"The control {name} is called {own_name} in its manifest.")
    folder = path.rpartition("/")[0]
    for resource in described.iterfind("resources/*"):
        if resource.get("path"):
            archive.file(f"{folder}/{resource.get('path')}", f"The control {name}")
    return Part(
        table=CUSTOM_CONTROL,
        row_id=given_id(CUSTOM_CONTROL, name),
        values={
            "name": name,
            "version": described.get("version"),
            "manifest": content_of_itself(manifest),
        },
    )


def site_map(element: Element) -> Part:
    name = said(element, "SiteMapUniqueName")
    xml = element.find("SiteMap")
    return Part(
        table=SITE_MAP,
        row_id=given_id(SITE_MAP, name),
        values={
            "sitemapnameunique": name,
            "sitemapname": named(element, "LocalizedNames/LocalizedName"),
            "sitemapxml": None if xml is None else content_of_itself(xml),
        },
    )


def app(element: Element) -> Part:
    name = said(element, "UniqueName")
    return Part(
        table=APP_MODULE,
        row_id=given_id(APP_MODULE, name),
        values={"uniquename": name, "name": named(element, "LocalizedNames/LocalizedName")},
    )


def mentions(customizations: Element) -> Iterator[tuple[str, Root]]:
    """Yield what apps and their site maps need to be there, and who needs it."""
    for module in customizations.iterfind("AppModules/AppModule"):
        owner = f"The app {said(module, 'UniqueName')}"
        for component in module.iterfind("AppModuleComponents/AppModuleComponent"):
            kind, name = str(component.get("type")), component.get("schemaName")
            if kind not in {"1", "60", "62"}:
                raise not_simulated_part(f"components of the type {kind} in an app")
            yield owner, Root(kind=kind, name=name or str(identity(component.get("id"), owner)))
    for area in customizations.iterfind("AppModuleSiteMaps//SubArea"):
        owner, url = f"The site map's {area.get('Id')}", str(area.get("Url"))
        if area.get("Entity"):
            yield owner, Root(kind="1", name=str(area.get("Entity")))
        if url.startswith(IN_WEB_RESOURCES):
            yield owner, Root(kind="61", name=url.removeprefix(IN_WEB_RESOURCES))


def settings(archive: Archive) -> Iterator[Part]:
    """Yield the setting definitions, which are files of their own."""
    for name in setting_files(archive):
        yield _setting(archive.document(name))


def setting_files(archive: Archive) -> list[str]:
    ending = "/settingdefinition.xml"
    names = (name for name in archive.files if name.startswith(SETTINGS))
    return sorted(name for name in names if name.endswith(ending))


def _setting(element: Element) -> Part:
    name = str(element.get("uniquename"))
    numbers: Row = {each: number(element, each) for each in SETTING_NUMBERS}
    return Part(
        table=SETTING_DEFINITION,
        row_id=given_id(SETTING_DEFINITION, name),
        values={
            "uniquename": name,
            "displayname": _default(element, "displayname"),
            "description": _default(element, "description"),
            "defaultvalue": element.findtext("defaultvalue"),
            **numbers,
        },
    )


def _default(element: Element, path: str) -> str | None:
    place = element.find(path)
    return None if place is None else place.get("default")
