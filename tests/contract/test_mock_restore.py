"""The recycle bin of the mock: what a restore brings back, and who hears of it."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from tests.contract.api import Api
from tests.contract.test_mock_webhooks import by_key, told
from tests.mock_dataverse.app import MockDataverse

TYPE = "Microsoft.Dynamics.CRM.incident"


def by_id(case: UUID) -> dict[str, object]:
    return {"Target": {"@odata.type": TYPE, "incidentid": str(case)}}


def by_address(case: UUID) -> dict[str, object]:
    address = f"https://org.crm.dynamics.com/api/data/v9.2/incidents({case})"
    return {"Target": {"@odata.id": address}}


@pytest.mark.parametrize("named", [by_id, by_address])
def test_a_restored_case_is_as_it_was_with_all_that_went_with_it(
    administrator: Api, mock: MockDataverse, case: UUID, named: Callable[[UUID], dict[str, object]]
) -> None:
    mock.add_row("task", {"subject": "Call", "regardingobjectid": case})
    mock.add_row("incident", {"title": "Toner", "masterid": case})
    before = {table: mock.rows(table) for table in ("incident", "task")}
    administrator.delete(f"incidents({case})")
    assert [row["title"] for row in mock.rows("incident")] == ["Toner"]
    assert mock.rows("task") == []

    answer = administrator.post("Restore", named(case))

    assert (answer.status_code, answer.json()["id"]) == (200, str(case))
    after = {table: mock.rows(table) for table in before}
    for table, rows in before.items():
        assert _known(after[table]) == _known(rows)


def _known(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return rows without what a restore makes anew, in an order of their own."""
    made = {"@odata.etag", "versionnumber"}
    kept = [{name: value for name, value in row.items() if name not in made} for row in rows]
    return sorted(kept, key=str)


def test_a_restore_is_told_with_the_id_alone(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    administrator.delete(f"incidents({case})")
    mock.take_webhooks()

    administrator.post("Restore", by_id(case))

    (body,) = told(mock)
    target = by_key(body["InputParameters"])["Target"]
    assert (body["MessageName"], body["PrimaryEntityId"]) == ("Restore", str(case))
    assert target["Id"] == by_key(target["Attributes"])["incidentid"] == str(case)
    assert by_key(body["OutputParameters"]) == {"id": str(case)}


def test_only_what_was_deleted_and_is_still_gone_can_be_restored(
    administrator: Api, case: UUID
) -> None:
    administrator.delete(f"incidents({case})")
    statuses = [
        administrator.post("Restore", body).status_code
        for body in (
            by_id(uuid4()),
            by_id(case),
            by_id(case),
            {},
            {"Target": {"@odata.type": TYPE}},
        )
    ]

    assert statuses == [404, 200, 412, 400, 400]


def test_a_case_is_not_restored_over_another_that_has_its_id(
    administrator: Api, mock: MockDataverse, case: UUID
) -> None:
    mock.delete_row("incident", case)
    mock.add_row("incident", {"incidentid": case, "title": "Another"})

    assert administrator.post("Restore", by_id(case)).status_code == 412
    assert [row["title"] for row in mock.rows("incident")] == ["Another"]


def test_who_may_not_create_cases_may_not_restore_them(
    api: Api, administrator: Api, case: UUID
) -> None:
    administrator.delete(f"incidents({case})")

    assert api.post("Restore", by_id(case)).status_code == 403
