"""System forms: what is written is read by others only when it is published."""

import pytest

from tests.contract.api import Api, Json

pytestmark = pytest.mark.mock_only("changes and publishes a form that everybody uses")

MAIN_FORMS = (
    "systemforms?$select=formid,name,formxml,isdefault,formactivationstate"
    "&$filter=objecttypecode eq 'incident' and type eq 2"
)
UNPUBLISHED = "Microsoft.Dynamics.CRM.RetrieveUnpublished()"
INCIDENT = "<importexportxml><entities><entity>incident</entity></entities></importexportxml>"
ACCOUNT = INCIDENT.replace("incident", "account")


def case_form(api: Api) -> Json:
    (form,) = [form for form in api.values(MAIN_FORMS) if form["name"] == "Case"]
    return form


def relabelled(form: Json) -> str:
    return str(form["formxml"]).replace('description="Summary"', 'description="Overview"')


def shown(api: Api, form: Json, message: str = "") -> bool:
    """Tell if the form reads as it was last written."""
    address = f"systemforms({form['formid']})" + (f"/{message}" if message else "")
    return 'description="Overview"' in api.get(f"{address}?$select=formxml").json()["formxml"]


def test_customer_service_brings_main_forms_of_the_case(administrator: Api) -> None:
    forms = administrator.values(MAIN_FORMS)

    assert {(form["name"], form["isdefault"]) for form in forms} == {
        ("Case", True),
        ("Case for Interactive experience", False),
        ("Case for Multisession experience", False),
        ("Enhanced full case form", False),
    }


def test_a_change_waits_to_be_published(administrator: Api) -> None:
    form = case_form(administrator)

    answer = administrator.patch(
        f"systemforms({form['formid']})", {"formxml": relabelled(form)}, {"If-Match": "*"}
    )

    assert answer.status_code == 204
    assert shown(administrator, form, UNPUBLISHED)
    assert not shown(administrator, form)


@pytest.mark.parametrize(
    ("action", "body", "published"),
    [
        pytest.param("PublishAllXml", {}, True, id="everything"),
        pytest.param("PublishXml", {"ParameterXml": INCIDENT}, True, id="the form's table"),
        pytest.param("PublishXml", {"ParameterXml": ACCOUNT}, False, id="another table"),
    ],
)
def test_publishing_shows_a_change_to_everybody(
    administrator: Api, action: str, body: Json, *, published: bool
) -> None:
    form = case_form(administrator)
    administrator.patch(f"systemforms({form['formid']})", {"formxml": relabelled(form)})

    assert administrator.post(action, body).status_code == 204
    assert shown(administrator, form) is published


def test_lists_can_show_what_is_not_published(administrator: Api) -> None:
    form = case_form(administrator)
    administrator.patch(f"systemforms({form['formid']})", {"formxml": relabelled(form)})

    rows = administrator.values(
        "systemforms/Microsoft.Dynamics.CRM.RetrieveUnpublishedMultiple()"
        f"?$select=formxml&$filter=formid eq {form['formid']}"
    )

    assert ['description="Overview"' in row["formxml"] for row in rows] == [True]


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param("<form><tabs>", id="no XML"),
        pytest.param("<forms/>", id="no form"),
        pytest.param('<form><tab id="{1}"/><tab id="{1}"/></form>', id="an id twice"),
        pytest.param(
            "<form><controlDescriptions>"
            '<controlDescription forControl="{2}"/></controlDescriptions></form>',
            id="a description of no control",
        ),
        pytest.param(
            '<form><control uniqueid="{2}"/><controlDescription forControl="{2}">'
            '<customControl formFactor="2" name="new_Nothing"/></controlDescription></form>',
            id="a control that is not there",
        ),
    ],
)
def test_a_form_that_cannot_be_shown_is_refused(administrator: Api, spoilt: str) -> None:
    form = case_form(administrator)

    answer = administrator.patch(f"systemforms({form['formid']})", {"formxml": spoilt})

    assert answer.status_code == 400
    assert not shown(administrator, form, UNPUBLISHED)


def test_publishing_takes_an_administrator(api: Api) -> None:
    assert api.post("PublishAllXml", {}).status_code == 403


def test_publishing_an_unknown_table_is_refused(administrator: Api) -> None:
    body = {"ParameterXml": INCIDENT.replace("incident", "new_nothing")}

    assert administrator.post("PublishXml", body).status_code == 400
