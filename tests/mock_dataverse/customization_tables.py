"""Dataverse's tables of what solutions bring: forms, views, charts, web resources, controls."""

from tests.mock_dataverse.builtin_tables import builtin
from tests.mock_dataverse.columns import LONGEST_TEXT
from tests.mock_dataverse.tables import (
    CUSTOM_STATES,
    Table,
    Writes,
    choice,
    lookup,
    memo,
    moment,
    read_only,
    text,
    whole,
    yes_no,
)

PUBLISHER = builtin(
    "Publisher",
    "publishers",
    text("uniquename", 256, required=True),
    text("friendlyname", 256, required=True),
    text("customizationprefix", 8),
    whole("customizationoptionvalueprefix", 10_000, 99_999),
    primary_name="friendlyname",
    writes=Writes.NOT_SIMULATED,
)
SOLUTION = builtin(
    "Solution",
    "solutions",
    text("uniquename", 65, required=True),
    text("friendlyname", 256, required=True),
    text("version", 256),
    read_only(yes_no("ismanaged")),
    moment("installedon"),
    lookup("publisherid", "publisher", required=True),
    primary_name="friendlyname",
    writes=Writes.NOT_SIMULATED,
)
FORM_TYPES = {
    0: "Dashboard",
    1: "AppointmentBook",
    2: "Main",
    5: "Mobile - Express",
    6: "Quick View Form",
    7: "Quick Create",
    8: "Dialog",
    11: "Card",
}
SYSTEM_FORM = builtin(
    "SystemForm",
    "systemforms",
    text("name", 100, required=True),
    memo("description"),
    read_only(text("objecttypecode", 64)),
    read_only(choice("type", FORM_TYPES)),
    choice("formactivationstate", {0: "Inactive", 1: "Active"}),
    yes_no("isdefault"),
    read_only(yes_no("ismanaged")),
    memo("formxml", LONGEST_TEXT),
    primary_id="formid",
    writes=Writes.UPDATES,
    layered=True,
)
SAVED_QUERY = builtin(
    "SavedQuery",
    "savedqueries",
    text("name", 200, required=True),
    text("returnedtypecode", 64),
    whole("querytype"),
    yes_no("isdefault"),
    memo("fetchxml", LONGEST_TEXT),
    memo("layoutxml", LONGEST_TEXT),
    privilege_name="Query",
    states=CUSTOM_STATES,
    writes=Writes.NOT_SIMULATED,
    layered=True,
)
CHART = builtin(
    "SavedQueryVisualization",
    "savedqueryvisualizations",
    text("name", 100, required=True),
    text("primaryentitytypecode", 64),
    yes_no("isdefault"),
    memo("datadescription", LONGEST_TEXT),
    memo("presentationdescription", LONGEST_TEXT),
    privilege_name="SavedQueryVisualizations",
    writes=Writes.NOT_SIMULATED,
    layered=True,
)
WEB_RESOURCE_TYPES = {
    1: "Webpage (HTML)",
    2: "Style Sheet (CSS)",
    3: "Script (JScript)",
    4: "Data (XML)",
    5: "PNG format",
    6: "JPG format",
    7: "GIF format",
    8: "Silverlight (XAP)",
    9: "Style Sheet (XSL)",
    10: "ICO format",
    11: "Vector format (SVG)",
    12: "String (RESX)",
}
WEB_RESOURCE = builtin(
    "WebResource",
    "webresourceset",
    text("name", 256, required=True),
    text("displayname", 200),
    choice("webresourcetype", WEB_RESOURCE_TYPES),
    memo("content", LONGEST_TEXT),
    whole("languagecode"),
    writes=Writes.NOT_SIMULATED,
    layered=True,
)
CUSTOM_CONTROL = builtin(
    "CustomControl",
    "customcontrols",
    text("name", 2000, required=True),
    text("version", 50),
    memo("manifest", LONGEST_TEXT),
    writes=Writes.NOT_SIMULATED,
)
SITE_MAP = builtin(
    "SiteMap",
    "sitemaps",
    text("sitemapname", 300),
    text("sitemapnameunique", 300),
    memo("sitemapxml", LONGEST_TEXT),
    primary_name="sitemapname",
    writes=Writes.NOT_SIMULATED,
)

CUSTOMIZATION_TABLES: tuple[Table, ...] = (
    PUBLISHER,
    SOLUTION,
    SYSTEM_FORM,
    SAVED_QUERY,
    CHART,
    WEB_RESOURCE,
    CUSTOM_CONTROL,
    SITE_MAP,
)
