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

OF_USERS = frozenset({"Basic", "Local", "Deep", "Global"})
OF_UNITS = OF_USERS - {"Basic"}
OF_THE_ORGANIZATION = frozenset({"Global"})
"""The levels there are for rows that belong to users, to business units or to everybody."""

PRIVILEGES = {
    "prvActOnBehalfOfAnotherUser": OF_THE_ORGANIZATION,
    "prvAppendToIncident": OF_USERS,
    "prvAppendToUser": OF_UNITS,
    "prvReadActivity": OF_USERS,
    "prvReadAppModule": OF_THE_ORGANIZATION,
    "prvReadIncident": OF_USERS,
    "prvReadOrganizationSetting": OF_THE_ORGANIZATION,
    "prvReadSettingDefinition": OF_THE_ORGANIZATION,
    "prvReadUser": OF_UNITS,
}
"""The built-in privileges that a role may hold, with their levels: one that is not offered ends the
import. The user's are named ``User``, those of all kinds of activities ``Activity``.
"""

ROLE_TEMPLATES = {
    "119f245c-3cc8-4b62-b31c-d1a046ced15d": "System Customizer",
    "627090ff-40a3-4053-8790-584edc5be201": "System Administrator",
}
"""The roles that every environment has; an app may be shown to who holds one."""

DEFAULT_APP_ICON = "953b9fac-1e5e-e611-80d6-00155ded156f"
"""The web resource that shows apps without an icon of their own."""
