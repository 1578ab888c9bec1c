"""Dashboards, site maps and apps: what they lead to is there."""

from collections.abc import Iterator

from solution.tools.packing.documents import Element
from solution.tools.validation.built_in import DEFAULT_APP_ICON, ROLE_TEMPLATES
from solution.tools.validation.findings import Finding
from solution.tools.validation.solution import Document, Solution

WEB_RESOURCE = "$webresource:"
TABLE, DASHBOARD, SITE_MAP = "1", "60", "62"


def dashboards_show_what_there_is(solution: Solution) -> Iterator[Finding]:
    """A tile shows a view, and a chart if it has one, of the table that it is of."""
    for dashboard in solution.dashboards:
        for tile in dashboard.root.iter("parameters"):
            table = tile.findtext("TargetEntityType")
            if table is None:
                continue
            if table not in solution.tables:
                message = f"there is no table {table} for a tile"
                yield Finding(dashboard.place, "tile-table", message)
                continue
            yield from _unknown_in_tile(solution, dashboard, tile, table)


def _unknown_in_tile(
    solution: Solution, dashboard: Document, tile: Element, table: str
) -> Iterator[Finding]:
    views = {each.text("savedquery/savedqueryid") for each in solution.tables[table].views}
    charts = {each.text("savedqueryvisualizationid") for each in solution.tables[table].charts}
    view = tile.findtext("ViewId")
    if view not in views:
        yield Finding(dashboard.place, "tile-view", f"{table} has no view {view}")
    chart = tile.findtext("VisualizationId")
    if chart and chart not in charts:
        yield Finding(dashboard.place, "tile-chart", f"{table} has no chart {chart}")


def site_maps_lead_to_what_there_is(solution: Solution) -> Iterator[Finding]:
    resources = {each.text("Name") for each in solution.web_resources}
    dashboards = {_plain(each.text("FormId")) for each in solution.dashboards}
    for site_map in solution.site_maps:
        for area in site_map.root.iter("SubArea"):
            table = area.get("Entity")
            if table is not None and solution.columns_of(table) is None:
                message = f"there is no table {table}"
                yield Finding(site_map.place, "site-map-table", message)
            url = area.get("Url", "")
            resource = url.removeprefix(WEB_RESOURCE)
            if url.startswith(WEB_RESOURCE) and resource not in resources:
                message = f"there is no web resource {resource}"
                yield Finding(site_map.place, "site-map-page", message)
            dashboard = area.get("DefaultDashboard")
            if dashboard is not None and _plain(dashboard) not in dashboards:
                message = f"there is no dashboard {dashboard}"
                yield Finding(site_map.place, "site-map-dashboard", message)
        for privilege in site_map.root.iter("Privilege"):
            table = privilege.get("Entity", "")
            if solution.columns_of(table) is None:
                message = f"there is no table {table} to need a privilege for"
                yield Finding(site_map.place, "site-map-table", message)


def apps_consist_of_what_there_is(solution: Solution) -> Iterator[Finding]:
    there = {
        *((TABLE, name) for name in solution.tables),
        *((DASHBOARD, _plain(each.text("FormId"))) for each in solution.dashboards),
        *((SITE_MAP, each.text("SiteMapUniqueName")) for each in solution.site_maps),
    }
    icons = {DEFAULT_APP_ICON, *(_plain(r.text("WebResourceId")) for r in solution.web_resources)}
    for app in solution.apps:
        for part in app.root.iterfind("AppModuleComponents/AppModuleComponent"):
            name = part.get("schemaName") or _plain(part.get("id", ""))
            if (part.get("type"), name) not in there:
                message = f"there is no {name} of type {part.get('type')}"
                yield Finding(app.place, "app-component", message)
        icon = _plain(app.text("WebResourceId"))
        if icon not in icons:
            yield Finding(app.place, "app-icon", f"there is no web resource {icon} for the icon")


def apps_are_for_roles_there_are(solution: Solution) -> Iterator[Finding]:
    ours = {_plain(role.root.get("id", "")) for role in solution.roles}
    for app in solution.apps:
        roles = app.root.findall("AppModuleRoleMaps/Role")
        if not roles:
            yield Finding(app.place, "app-role", "it is shown to nobody")
        for role in roles:
            identifier = _plain(role.get("id", ""))
            if identifier not in ours and identifier not in ROLE_TEMPLATES:
                message = f"there is no role {identifier}"
                yield Finding(app.place, "app-role", message)


def _plain(identifier: str) -> str:
    return identifier.strip("{}").lower()
