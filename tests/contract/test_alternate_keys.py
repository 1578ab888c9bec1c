"""Alternate keys of standard tables: made, looked up by, written by, and enforced."""

from uuid import UUID

import pytest

from tests.contract.api import Api, Part, code_of, part_answers

pytestmark = pytest.mark.mock_only("makes keys of a table that everybody uses")

BY_EMAIL = "contacts(emailaddress1='kim@contoso.com')"
KEYS = "EntityDefinitions(LogicalName='contact')/Keys"


def add_key(administrator: Api, name: str, *columns: str, keys: str = KEYS) -> None:
    """Make a key, and look until it can be used."""
    body = {"SchemaName": name, "KeyAttributes": list(columns)}
    assert administrator.post(keys, body).status_code == 204
    looks = (administrator.values(keys)[-1]["EntityKeyIndexStatus"] for _ in range(100))
    assert "Active" in looks


@pytest.fixture
def by_email(administrator: Api) -> Api:
    """The Web API where a contact is known by the mail address."""
    add_key(administrator, "cht_ByEmail", "emailaddress1")
    return administrator


@pytest.fixture
def kim(by_email: Api) -> UUID:
    body = {"firstname": "Kim", "lastname": "Akers", "emailaddress1": "kim@contoso.com"}
    return by_email.created("contacts", body)


def test_a_table_comes_without_keys(administrator: Api) -> None:
    assert administrator.values(KEYS) == []


def test_a_new_key_is_usable_when_its_index_is_there(administrator: Api) -> None:
    body = {"SchemaName": "cht_ByEmail", "KeyAttributes": ["emailaddress1"]}
    administrator.post(KEYS, body)

    states = [administrator.values(KEYS)[0]["EntityKeyIndexStatus"] for _ in range(3)]

    assert states == ["Pending", "Pending", "Active"]


@pytest.mark.usefixtures("kim")
def test_a_row_is_read_by_a_key(by_email: Api) -> None:
    assert by_email.get(f"{BY_EMAIL}?$select=lastname").json()["lastname"] == "Akers"


@pytest.mark.usefixtures("kim")
def test_a_column_that_is_no_key_names_no_row(by_email: Api) -> None:
    answer = by_email.get("contacts(lastname='Akers')")

    assert (answer.status_code, code_of(answer)) == (400, "0x80060890")


def test_a_key_without_a_row_is_not_found(by_email: Api) -> None:
    answer = by_email.get(BY_EMAIL)

    assert (answer.status_code, code_of(answer)) == (404, "0x80060891")


def test_the_primary_key_can_be_named(by_email: Api, kim: UUID) -> None:
    answer = by_email.get(f"contacts(contactid={kim})?$select=lastname")

    assert answer.json()["lastname"] == "Akers"


def test_an_upsert_creates_with_the_key_of_its_address(by_email: Api) -> None:
    answer = by_email.patch(BY_EMAIL, {"lastname": "Akers"})

    assert (answer.status_code, answer.headers["OData-EntityId"]) == (204, by_email.root + BY_EMAIL)
    assert by_email.get(BY_EMAIL).json()["emailaddress1"] == "kim@contoso.com"


def test_an_upsert_does_not_change_the_key_it_goes_by(by_email: Api, kim: UUID) -> None:
    by_email.patch(BY_EMAIL, {"lastname": "Abercrombie", "emailaddress1": "else@contoso.com"})

    row = by_email.get(f"contacts({kim})").json()
    assert (row["lastname"], row["emailaddress1"]) == ("Abercrombie", "kim@contoso.com")


def test_an_update_by_a_key_creates_nothing(by_email: Api) -> None:
    answer = by_email.patch(BY_EMAIL, {"lastname": "Akers"}, {"If-Match": "*"})

    assert (answer.status_code, code_of(answer)) == (404, "0x80060891")


@pytest.mark.usefixtures("kim")
def test_a_row_is_deleted_by_a_key(by_email: Api) -> None:
    assert by_email.delete(BY_EMAIL).status_code == 204
    assert by_email.get(BY_EMAIL).status_code == 404


@pytest.mark.usefixtures("kim")
def test_two_rows_cannot_have_the_same_key(by_email: Api) -> None:
    answer = by_email.post("contacts", {"lastname": "Sun", "emailaddress1": "KIM@contoso.com"})

    assert (answer.status_code, code_of(answer)) == (412, "0x80060892")


@pytest.mark.usefixtures("by_email")
def test_rows_without_a_value_do_not_collide(administrator: Api) -> None:
    answers = [administrator.post("contacts", {"lastname": name}) for name in ("Akers", "Sun")]

    assert [answer.status_code for answer in answers] == [204, 204]


def test_a_key_of_two_columns_needs_both(administrator: Api) -> None:
    add_key(administrator, "cht_ByName", "firstname", "lastname")
    administrator.post("contacts", {"firstname": "Kim", "lastname": "O'Hara"})

    answer = administrator.get("contacts(lastname='O''Hara',firstname='Kim')")

    assert answer.json()["lastname"] == "O'Hara"
    assert administrator.get("contacts(firstname='Kim')").status_code == 400


def test_a_lookup_in_a_key_is_named_as_it_is_read(
    administrator: Api, case: UUID, kim: UUID
) -> None:
    cases = "EntityDefinitions(LogicalName='incident')/Keys"
    add_key(administrator, "cht_ByContact", "primarycontactid", keys=cases)
    administrator.patch(f"incidents({case})", {"primarycontactid@odata.bind": f"/contacts({kim})"})

    answer = administrator.get(f"incidents(_primarycontactid_value={kim})?$select=title")

    assert answer.json()["incidentid"] == str(case)


@pytest.mark.usefixtures("kim")
def test_a_lookup_is_bound_by_a_key(by_email: Api, case: UUID) -> None:
    by_email.patch(f"incidents({case})", {"primarycontactid@odata.bind": f"/{BY_EMAIL}"})

    expand = "?$select=title&$expand=primarycontactid($select=lastname)"
    row = by_email.get(f"incidents({case}){expand}").json()
    assert row["primarycontactid"]["lastname"] == "Akers"


@pytest.mark.usefixtures("kim")
def test_upsert_multiple_goes_by_keys(by_email: Api) -> None:
    targets = [
        {
            "@odata.type": "Microsoft.Dynamics.CRM.contact",
            "@odata.id": f"contacts(emailaddress1='{email}')",
            "lastname": "New",
        }
        for email in ("kim@contoso.com", "sun@contoso.com")
    ]

    answer = by_email.post("contacts/Microsoft.Dynamics.CRM.UpsertMultiple", {"Targets": targets})

    assert answer.status_code == 204
    rows = by_email.values("contacts?$select=lastname,emailaddress1&$orderby=emailaddress1")
    assert [(row["emailaddress1"], row["lastname"]) for row in rows] == [
        ("kim@contoso.com", "New"),
        ("sun@contoso.com", "New"),
    ]


def test_a_row_made_by_a_key_is_referred_to_in_its_change_set(by_email: Api, case: UUID) -> None:
    answer = by_email.batch(
        [
            Part("PATCH", BY_EMAIL, {"lastname": "Akers"}),
            Part("PATCH", f"incidents({case})", {"primarycontactid@odata.bind": "$1"}),
        ]
    )

    assert [part.status for part in part_answers(answer)] == [204, 204]


@pytest.mark.usefixtures("kim")
def test_a_key_that_is_dropped_names_no_row_any_more(by_email: Api) -> None:
    (key,) = by_email.values(KEYS)

    assert by_email.delete(f"{KEYS}({key['MetadataId']})").status_code == 204
    assert by_email.get(BY_EMAIL).status_code == 400


@pytest.mark.parametrize(
    "columns", [[], ["nothing"], ["contactid"], ["statecode", "nothing"]], ids=str
)
def test_a_key_needs_columns_that_can_be_in_one(administrator: Api, columns: list[str]) -> None:
    body = {"SchemaName": "cht_Odd", "KeyAttributes": columns}

    assert administrator.post(KEYS, body).status_code == 400


def test_a_row_is_not_restored_when_another_has_its_key_by_now(by_email: Api, kim: UUID) -> None:
    by_email.delete(f"contacts({kim})")
    by_email.post("contacts", {"lastname": "Ng", "emailaddress1": "kim@contoso.com"})

    target = {"@odata.type": "Microsoft.Dynamics.CRM.contact", "contactid": str(kim)}
    answer = by_email.post("Restore", {"Target": target})

    assert answer.status_code == 412
