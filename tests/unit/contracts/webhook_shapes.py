"""Bodies of webhooks, and every shape that a value in them is known to have.

The values are ours, the shapes are public. Each is named with where it was seen:

- ``docs``: the sample body of Microsoft's ``use-webhooks``;
- ``presence``: the sample bodies of Microsoft's *Synchronize agent presence status across multiple
  systems*, a webhook of Customer Service;
- ``captures``: bodies of live environments in the tests of ``AlbanianXrm.PowerPlatform``'s
  ``EntitySerializer``;
- ``contracts``: members of ``Microsoft.Xrm.Sdk`` as .NET's ``DataContractJsonSerializer`` writes
  them; no capture was found.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from tests.builders import CASE, OTHER_CASE

TASK = UUID("7a000000-0000-4000-8000-000000000007")
SOMEBODY = UUID("a0000000-0000-4000-8000-00000000000a")
REQUEST = UUID("c0000000-0000-4000-8000-00000000000c")
CONTRACTS = "http://schemas.microsoft.com/xrm/2011/Contracts"


def typed(kind: str, **parts: object) -> dict[str, object]:
    return {"__type": f"{kind}:{CONTRACTS}"} | parts


def reference(row: UUID, table: str = "incident", name: str | None = None) -> dict[str, object]:
    parts: dict[str, object] = {"KeyAttributes": [], "Name": name, "RowVersion": None}
    return typed("EntityReference", Id=str(row), LogicalName=table, **parts)


def pairs(values: Mapping[str, object]) -> list[dict[str, object]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def entity(
    columns: Mapping[str, object], *, row: UUID = TASK, table: str = "task"
) -> dict[str, object]:
    return typed(
        "Entity",
        Attributes=pairs(columns),
        EntityState=None,
        FormattedValues=pairs({"statecode": "Open"}),
        Id=str(row),
        KeyAttributes=[],
        LogicalName=table,
        RelatedEntities=[],
        RowVersion="5948260",
    )


def parties(*who: UUID) -> dict[str, object]:
    return typed(
        "EntityCollection",
        Entities=[
            entity({"partyid": reference(party, "contact")}, table="activityparty") for party in who
        ],
        EntityName="activityparty",
        MinActiveRowVersion="-1",
        MoreRecords=False,
        PagingCookie=None,
        TotalRecordCount=-1,
        TotalRecordCountLimitExceeded=False,
    )


SHAPES: dict[str, object] = {
    "nothing (docs)": None,
    "text (docs)": "Printer on fire",
    "text of half a character (contracts)": "\ud83d",
    "the row's own id (docs)": str(CASE),
    "date (docs)": "/Date(1769846400000)/",
    "date with an offset (docs)": "/Date(1769846400000-0700)/",
    "reference (docs)": reference(OTHER_CASE),
    "yes or no (presence)": True,
    "whole number (presence)": 100,
    "number (captures)": 2365.12,
    "exchange rate (captures)": 1.0000000000,
    "choice (captures)": typed("OptionSetValue", Value=1),
    "choices (captures)": [typed("OptionSetValue", Value=1), typed("OptionSetValue", Value=2)],
    "money (captures)": typed("Money", Value=2154.32),
    "reference with a name (captures)": reference(OTHER_CASE, "queue", "Support"),
    "parties (captures)": parties(SOMEBODY),
    "parties as a list (captures)": [entity({"partyid": reference(SOMEBODY, "contact")})],
    "id with its type (captures)": {"__type": "Guid:#System", "__value": str(CASE)},
    "date with its type (captures)": {"__type": "DateTime:#System", "__value": "/Date(0)/"},
    "pair with its type (docs)": {
        "__type": "KeyValuePairOfstringstring:#System.Collections.Generic",
        "key": "incident",
        "value": "Update",
    },
    "date as a moment (contracts)": "2026-01-31T08:00:00.0000000Z",
    "bytes as text (contracts)": "iVBORw0KGgo=",
    "bytes as numbers (contracts)": [137, 80, 78, 71],
    "value of another row (contracts)": typed(
        "AliasedValue", AttributeLogicalName="name", EntityLogicalName="account", Value="Contoso"
    ),
    "reference by an alternate key (contracts)": typed(
        "EntityReference",
        Id="00000000-0000-0000-0000-000000000000",
        KeyAttributes=pairs({"ticketnumber": "CAS-1"}),
        LogicalName="incident",
        Name=None,
        RowVersion=None,
    ),
    "yes or no, managed (contracts)": typed(
        "BooleanManagedProperty", CanBeChanged=True, ManagedPropertyLogicalName=None, Value=False
    ),
}

STAMPS: dict[str, object] = {
    "modifiedon": "/Date(1769846400000)/",
    "modifiedby": reference(SOMEBODY, "systemuser"),
    "modifiedonbehalfby": None,
}
"""What every update tells besides the row's own id and what changed."""


def context(
    message: str = "Update", table: str = "incident", row: UUID = CASE, **parts: object
) -> dict[str, Any]:
    """Return a body without parameters and images."""
    return {
        "BusinessUnitId": str(SOMEBODY),
        "CorrelationId": str(REQUEST),
        "Depth": 1,
        "InitiatingUserAgent": "",
        "InitiatingUserAzureActiveDirectoryObjectId": "00000000-0000-0000-0000-000000000000",
        "InitiatingUserId": str(SOMEBODY),
        "InputParameters": [],
        "IsInTransaction": False,
        "MessageName": message,
        "Mode": 1,
        "OperationCreatedOn": "/Date(1769846401000+0100)/",
        "ParentContext": None,
        "PostEntityImages": [],
        "PreEntityImages": [],
        "PrimaryEntityId": str(row),
        "PrimaryEntityName": table,
        "RequestId": None,
        "SharedVariables": pairs({"IsAutoTransact": True}),
        **parts,
    }


def of_case(message: str, columns: Mapping[str, object], row: UUID = CASE) -> dict[str, Any]:
    own: dict[str, object] = {"incidentid": str(row)}
    target = entity(STAMPS | own | dict(columns), row=row, table="incident")
    return context(message, row=row, InputParameters=pairs({"Target": target}))


def of_task(
    message: str, columns: Mapping[str, object], before: Mapping[str, object] | None = None
) -> dict[str, Any]:
    own: dict[str, object] = {"activityid": str(TASK), "subject": "Call back"}
    return context(
        message,
        "task",
        TASK,
        InputParameters=pairs({"Target": entity(STAMPS | own | dict(columns))}),
        PreEntityImages=pairs({"before": entity(before)} if before else {}),
    )


COLUMN_NAMES = [
    "incidentid",
    "activityid",
    "regardingobjectid",
    "statecode",
    "description",
    "customerid",
    "from",
    "requiredattendees",
    "modifiedon",
    "masterid",
]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.just(str(CASE)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
values = st.sampled_from(list(SHAPES.values())) | json_values
columns = st.dictionaries(st.sampled_from(COLUMN_NAMES) | st.text(), values, max_size=6)
