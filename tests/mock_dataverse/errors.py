"""What the mock answers when it refuses: the envelope and the codes of Dataverse.

Texts are our own; callers decide on the status and the code.
"""

import json
from collections.abc import Mapping
from uuid import UUID

ERROR_DETAIL = "@Microsoft.PowerApps.CDS.ErrorDetails."

PRIVILEGE_DENIED = "0x80040220"
TARGET_LACKS_PRIVILEGE = "0x80040231"
CANNOT_ACT_ON_BEHALF = "0x8004a110"
NO_ROLES = "0x80042f09"
USER_DISABLED = "0x80040225"
NOT_A_MEMBER = "0x80072560"
DOES_NOT_EXIST = "0x80040217"
ENTITY_NOT_FOUND = "0x80041102"
KEY_NOT_DEFINED = "0x80060890"
DUPLICATE_RECORD = "0x80040237"
DUPLICATE_KEY = "0x80060892"
NO_ROW_OF_KEY = "0x80060891"
VERSION_MISMATCH = "0x80060882"
ODATA = "0x80060888"
PAYLOAD = "0x80048d19"
HTTP_ERROR = "0x8006088a"
INVALID_ARGUMENT = "0x80040203"
REQUIRED_MISSING = "0x80040200"
INVALID_DATE_TIME = "0x80040239"
TEXT_TOO_LONG = "0x80044331"
INTEGER_OUT_OF_RANGE = "0x8004432f"
CHOICE_OUT_OF_RANGE = "0x8004431a"
NOT_VALID_FOR_CREATE = "0x80041a01"
NOT_VALID_FOR_UPDATE = "0x80041a02"
INVALID_STATUS = "0x80048408"
NOT_SUPPORTED = "0x80040315"
AGGREGATE_LIMIT = "0x8004e023"
ELASTIC_JOIN = "0x80048d0b"
TOO_MANY_REQUESTS = "0x80072322"
TOO_MUCH_TIME = "0x80072321"
TOO_MANY_AT_ONCE = "0x80072326"
CASE_ALREADY_RESOLVED = "0x800404cf"
CASE_ALREADY_CLOSED = "0x80044411"
CASE_HAS_OPEN_ACTIVITIES = "0x8004440a"
CASE_HAS_ACTIVE_CHILDREN = "0x8003f452"
RESOLUTION_WITHOUT_CASE = "0x80044409"
RESTORED_ALREADY = "0x80049939"
IMPORT_FAILED = "0x8004801a"
UNEXPECTED = "0x80040216"


class DataverseError(Exception):
    """An answer with a status of 400 or more."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        headers: Mapping[str, str] | None = None,
        details: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})
        self.details = dict(details or {})

    def body(self, *, annotated: bool) -> bytes:
        """Return the JSON envelope; the extra members only when annotations were asked for."""
        error: dict[str, str] = {"code": self.code, "message": self.message}
        if annotated:
            error[f"{ERROR_DETAIL}OperationStatus"] = "0"
            error[f"{ERROR_DETAIL}SubErrorCode"] = "-2146233088"
            error["@Microsoft.PowerApps.CDS.HelpLink"] = "https://go.microsoft.com/fwlink/"
            error["@Microsoft.PowerApps.CDS.InnerError.Message"] = self.message
            error |= {f"{ERROR_DETAIL}{name}": text for name, text in self.details.items()}
        return json.dumps({"error": error}).encode()


class ConnectionDroppedError(Exception):
    """No answer at all: the connection breaks."""


class NotLoadedError(Exception):
    """A test gave the mock data that no Dataverse could hold."""


def bad_request(code: str, message: str) -> DataverseError:
    return DataverseError(400, code, message)


def bad_query(message: str) -> DataverseError:
    return DataverseError(400, ODATA, message)


def bad_payload(message: str) -> DataverseError:
    return DataverseError(400, PAYLOAD, f"Error in the payload: {message}")


def forbidden(code: str, message: str) -> DataverseError:
    return DataverseError(403, code, message)


def unknown_resource(name: str) -> DataverseError:
    return DataverseError(404, ODATA, f"Resource not found for the segment '{name}'.")


def wrong_method(method: str) -> DataverseError:
    return DataverseError(405, HTTP_ERROR, f"The method {method} is not allowed here.")


def missing_row(label: str, row_id: UUID | str) -> DataverseError:
    return DataverseError(404, DOES_NOT_EXIST, f"{label} With Id = {row_id} Does Not Exist")


def not_simulated(what: str) -> DataverseError:
    """Refuse honestly: the product may know this, the mock does not."""
    return DataverseError(501, HTTP_ERROR, f"The mock does not simulate: {what}. See SUPPORTED.md.")
