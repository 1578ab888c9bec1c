"""Roles, webhook endpoints and steps of ``customizations.xml``."""

from solution.model.roles import Depth
from tests.mock_dataverse.platform_tables import SERVICE_ENDPOINT, STEP_IMAGE
from tests.mock_dataverse.roles import RoleParts
from tests.mock_dataverse.solutions.archive import (
    Element,
    ImportFailedError,
    flag,
    identity,
    not_simulated_part,
    number,
    said,
)
from tests.mock_dataverse.solutions.parts import Part, StepPart

LEVELS = {
    "Basic": Depth.USER,
    "Local": Depth.BUSINESS_UNIT,
    "Deep": Depth.BUSINESS_UNIT_AND_CHILDREN,
    "Global": Depth.ORGANIZATION,
}
ENDPOINT_NUMBERS = {
    "connectionmode": "ConnectionMode",
    "contract": "Contract",
    "userclaim": "UserClaim",
    "authtype": "AuthType",
    "messageformat": "MessageFormat",
}
SERVICE_ENDPOINT_TYPE = "4618"


def role(element: Element) -> RoleParts:
    name = str(element.get("name"))
    depths = {}
    for privilege in element.iterfind("RolePrivileges/RolePrivilege"):
        level = LEVELS.get(str(privilege.get("level")))
        if level is None:
            raise ImportFailedError(f"The role {name} has the level {privilege.get('level')}.")
        depths[str(privilege.get("name"))] = level
    return RoleParts(
        role_id=identity(element.get("id"), f"The role {name}"),
        name=name,
        description=None,
        depths=depths,
    )


def endpoint(element: Element) -> Part:
    name = str(element.get("Name"))
    return Part(
        table=SERVICE_ENDPOINT,
        row_id=identity(element.get("ServiceEndpointId"), f"The endpoint {name}"),
        values={
            "name": name,
            "url": said(element, "Url"),
            **{column: number(element, tag) for column, tag in ENDPOINT_NUMBERS.items()},
        },
    )


def step(element: Element) -> StepPart:
    name = str(element.get("Name"))
    if said(element, "EventHandlerTypeCode") != SERVICE_ENDPOINT_TYPE:
        raise not_simulated_part(f"the step {name}, whose handler is no endpoint")
    return StepPart(
        step_id=identity(element.get("SdkMessageProcessingStepId"), f"The step {name}"),
        message_id=identity(element.findtext("SdkMessageId"), f"The message of {name}"),
        primary_table=said(element, "PrimaryEntity").lower(),
        endpoint_id=identity(element.findtext("EventHandler"), f"The handler of {name}"),
        values={
            "name": name,
            "mode": number(element, "Mode"),
            "stage": number(element, "Stage"),
            "rank": number(element, "Rank"),
            "filteringattributes": element.findtext("FilteringAttributes") or None,
            "asyncautodelete": flag(element, "AsyncAutoDelete"),
        },
        images=tuple(map(_image, element.iterfind("SdkMessageProcessingStepImages/*"))),
    )


def _image(element: Element) -> Part:
    name = str(element.get("Name"))
    return Part(
        table=STEP_IMAGE,
        row_id=identity(element.findtext("SdkMessageProcessingStepImageId"), f"The image {name}"),
        values={
            "name": name,
            "entityalias": said(element, "EntityAlias"),
            "imagetype": number(element, "ImageType"),
            "attributes": element.findtext("Attributes") or None,
            "messagepropertyname": said(element, "MessagePropertyName"),
        },
    )
