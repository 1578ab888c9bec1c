"""A typed client for the Dataverse Web API.

Reads are queries, writes are operations; both are values. Five lines to read with it::

    dataverse = connect("https://org.crm4.dynamics.com", ManagedIdentity(...))
    query = Query("incidents").select("title").where(eq("statecode", 0)).top(10)
    for case in dataverse.within(seconds=5).rows(query):
        print(case["title"])
    dataverse.update("incidents", case_id, {"title": "Printer"})

>>> from dataverse_client import Query, eq
>>> Query("incidents").select("title").where(eq("statecode", 0)).top(10).url
'incidents?$select=title&$filter=statecode%20eq%200&$top=10'
"""

from dataverse_client import operations
from dataverse_client.batch import BatchAnswers
from dataverse_client.client import DataverseClient, connect
from dataverse_client.errors import (
    AccessDenied,
    BulkFailed,
    DataverseError,
    DataverseUnavailable,
    DuplicateRow,
    ErrorContext,
    FailedRow,
    NotRun,
    PreconditionFailed,
    RequestRejected,
    RowNotFound,
    Throttled,
    TokenUnavailable,
    Unauthenticated,
)
from dataverse_client.keys import AlternateKey, ElasticKey, Key, link
from dataverse_client.load import Load
from dataverse_client.operations import ChangeSet, Operation
from dataverse_client.query import (
    Average,
    Condition,
    Count,
    Expand,
    Max,
    Min,
    Query,
    Sum,
    all_of,
    any_of,
    contains,
    eq,
    ge,
    gt,
    is_current_user,
    le,
    lt,
    ne,
    one_of,
    starts_with,
)
from dataverse_client.retries import RetryPolicy
from dataverse_client.tokens import (
    ClientCertificate,
    ClientSecret,
    ManagedIdentity,
    StaticToken,
    TokenProvider,
)
from dataverse_client.transport import Timeouts
from dataverse_client.wire import Page, Row

__all__ = [
    "AccessDenied",
    "AlternateKey",
    "Average",
    "BatchAnswers",
    "BulkFailed",
    "ChangeSet",
    "ClientCertificate",
    "ClientSecret",
    "Condition",
    "Count",
    "DataverseClient",
    "DataverseError",
    "DataverseUnavailable",
    "DuplicateRow",
    "ElasticKey",
    "ErrorContext",
    "Expand",
    "FailedRow",
    "Key",
    "Load",
    "ManagedIdentity",
    "Max",
    "Min",
    "NotRun",
    "Operation",
    "Page",
    "PreconditionFailed",
    "Query",
    "RequestRejected",
    "RetryPolicy",
    "Row",
    "RowNotFound",
    "StaticToken",
    "Sum",
    "Throttled",
    "Timeouts",
    "TokenProvider",
    "TokenUnavailable",
    "Unauthenticated",
    "all_of",
    "any_of",
    "connect",
    "contains",
    "eq",
    "ge",
    "gt",
    "is_current_user",
    "le",
    "link",
    "lt",
    "ne",
    "one_of",
    "operations",
    "starts_with",
]
