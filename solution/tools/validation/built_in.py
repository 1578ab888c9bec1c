"""What Dataverse and Customer Service bring along, as far as the solution refers to it.

Whoever refers to more adds it here, if the facts that a test compares it with know it
(`tests/mock_dataverse/facts`).
"""


def _columns(names: str) -> frozenset[str]:
    return frozenset(names.split())


_EVERY = _columns(
    "createdby createdon createdonbehalfby modifiedby modifiedon modifiedonbehalfby versionnumber"
)
_OWNED = _EVERY | _columns("ownerid owningbusinessunit owninguser statecode statuscode")
_ACTIVITY = _OWNED | _columns(
    "activityid actualdurationminutes actualend actualstart description regardingobjectid"
    " scheduleddurationminutes scheduledend scheduledstart subject"
)
_OVERRIDE = _EVERY | _columns("settingdefinitionid uniquename value")

COLUMNS = {
    "incident": _OWNED
    | _columns(
        "caseorigincode casetypecode customerid customersatisfactioncode deactivatedon description"
        " escalatedon firstresponsesent followupby incidentid isescalated masterid merged"
        " owningteam parentcaseid primarycontactid prioritycode productid resolveby responseby"
        " severitycode subjectid ticketnumber title"
    ),
    "systemuser": _EVERY
    | _columns(
        "accessmode applicationid azureactivedirectoryobjectid businessunitid domainname firstname"
        " fullname internalemailaddress isdisabled lastname systemuserid title"
    ),
    "team": _columns("businessunitid name teamid teamtype"),
    "organization": _EVERY | _columns("name organizationid"),
    "businessunit": _EVERY | _columns("businessunitid name parentbusinessunitid"),
    "task": _ACTIVITY,
    "phonecall": _ACTIVITY,
    "email": _ACTIVITY,
    "appointment": _ACTIVITY,
    "organizationsetting": _OVERRIDE | {"organizationsettingid"},
    "appsetting": _OVERRIDE | {"appsettingid", "parentappmoduleid"},
}
"""The columns of built-in tables by logical name."""

PRIVILEGES = frozenset(
    {
        "prvActOnBehalfOfAnotherUser",
        "prvAppendToIncident",
        "prvAppendToUser",
        "prvReadActivity",
        "prvReadAppModule",
        "prvReadAppSetting",
        "prvReadIncident",
        "prvReadOrganizationSetting",
        "prvReadSettingDefinition",
        "prvReadUser",
    }
)
"""The built-in privileges that a role may hold: the user's is named ``User``, those of all kinds of
activities ``Activity``.
"""

ROLE_TEMPLATES = {
    "119f245c-3cc8-4b62-b31c-d1a046ced15d": "System Customizer",
    "627090ff-40a3-4053-8790-584edc5be201": "System Administrator",
}
"""The roles that every environment has; an app may be shown to who holds one."""

DEFAULT_APP_ICON = "953b9fac-1e5e-e611-80d6-00155ded156f"
"""The web resource that shows apps without an icon of their own."""

ORGANIZATION_PRIVILEGES = frozenset({"prvActOnBehalfOfAnotherUser"})
"""Those of them that are held for the whole organization or not at all."""
