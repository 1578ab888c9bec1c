"""Stage, application user: the functions' application is somebody in Dataverse, with our role."""

from contextlib import suppress
from uuid import UUID

from dataverse_client import (
    DataverseClient,
    DuplicateRow,
    Query,
    RequestRejected,
    Row,
    all_of,
    eq,
    link,
)
from solution.model.roles import SERVICE
from solution.tools.environment.errors import Stopped
from solution.tools.environment.plans import Change, Plan
from solution.tools.environment.session import Session

USERS = "systemusers"
ROLES = "roles"
USER_ROLES = "systemuserroles_association"
POWERFUL = {
    UUID("627090ff-40a3-4053-8790-584edc5be201"): "System Administrator",
    UUID("119f245c-3cc8-4b62-b31c-d1a046ced15d"): "System Customizer",
}
"""Roles that may do nearly everything, by the template they are made from in every environment."""


def application_user_plan(session: Session, application_id: UUID | None) -> Plan:
    """Say what the application user lacks. Roles it has besides are never taken away."""
    if application_id is None:
        return Plan(notes=("no --application-id: the application user was not looked at",))
    dataverse = session.dataverse
    user = application_user(dataverse, application_id)
    held = roles_of(dataverse, UUID(user["systemuserid"])) if user else []
    changes = []
    if user is None:
        text = f"create an application user for {application_id}"
        changes.append(Change(text, lambda: _create(dataverse, application_id)))
    elif user["isdisabled"]:
        user_id = UUID(user["systemuserid"])
        enable = {"isdisabled": False}
        text = "enable the application user"
        changes.append(Change(text, lambda: dataverse.update(USERS, user_id, enable)))
    if SERVICE.name not in {role["name"] for role in held}:
        text = f"give the application user the role {SERVICE.name}"
        changes.append(Change(text, lambda: _give_role(dataverse, application_id)))
    return Plan(tuple(changes), tuple(map(_excess, powerful(held))))


def application_user(dataverse: DataverseClient, application_id: UUID) -> Row | None:
    columns = ("fullname", "isdisabled", "_businessunitid_value")
    query = Query(USERS).select(*columns).where(eq("applicationid", application_id))
    return next(dataverse.rows(query), None)


def roles_of(dataverse: DataverseClient, user_id: UUID) -> list[Row]:
    query = Query(USER_ROLES).select("name", "_roletemplateid_value")
    return list(dataverse.related(USERS, user_id, query))


def powerful(roles: list[Row]) -> list[str]:
    """Return which of the roles may do nearly everything."""
    templates = (role["_roletemplateid_value"] for role in roles)
    return sorted(POWERFUL[UUID(each)] for each in templates if each and UUID(each) in POWERFUL)


def _excess(role: str) -> str:
    return (
        f"the application user has the role {role} too, and needs only {SERVICE.name};"
        " take it away if nothing else needs it"
    )


def _create(dataverse: DataverseClient, application_id: UUID) -> None:
    root = Query("businessunits").where(eq("_parentbusinessunitid_value", None))
    unit = UUID(next(dataverse.rows(root.select("businessunitid")))["businessunitid"])
    row = {
        "applicationid": application_id,
        "businessunitid@odata.bind": link("businessunits", unit),
    }
    try:
        dataverse.create(USERS, row)
    except RequestRejected as error:
        raise Stopped(
            f"Dataverse does not create the application user ({error}); create it in the Power"
            " Platform admin center, Application users, then run this again"
        ) from error


def _give_role(dataverse: DataverseClient, application_id: UUID) -> None:
    user = application_user(dataverse, application_id)
    if user is None:
        raise Stopped(f"the application user of {application_id} is gone again; run this again")
    here = all_of(
        eq("name", SERVICE.name), eq("_businessunitid_value", UUID(user["_businessunitid_value"]))
    )
    role = next(dataverse.rows(Query(ROLES).select("roleid").where(here)), None)
    if role is None:
        raise Stopped(f"the role {SERVICE.name} is not there; import the solution anew: --reimport")
    # A lost answer is asked for again, and then meets its own work.
    with suppress(DuplicateRow):
        dataverse.associate(
            USERS, UUID(user["systemuserid"]), USER_ROLES, to=(ROLES, UUID(role["roleid"]))
        )
