"""Pages of elastic tables hold 500 rows; what happens to those who ask for more is not public.

That no other list asks for more, every test of the functions shows: their Dataverse refuses it.
"""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from dataverse_client import Query, RequestRejected
from dataverse_client.operations import read_rows
from functions.repositories import segments
from functions.repositories.inventory import Inventory
from functions.timekeeping.identifiers import CaseId
from tests.api.harness import NOON, Api, Clock, reported
from tests.mock_dataverse.app import MockDataverse
from tests.mock_dataverse.people import User

LIST = re.compile(r"GET \S*/cht_focussegments\?(?:.+\r\n)+")


def test_no_list_of_segments_without_a_page_size_is_answered_in_these_tests(api: Api) -> None:
    with pytest.raises(RequestRejected):
        api.services.dataverse.send(read_rows(Query(segments.ENTITY_SET)))


def test_whoever_lists_segments_asks_for_pages_of_500(
    api: Api, mock: MockDataverse, clock: Clock, amira: User, case: UUID
) -> None:
    clock.advance(minutes=20)
    api.deliver(reported(case, 0, 60), user=amira)
    api.fire_timer("reconcile_recent")
    api.work_off_queue("reconcile")
    inventory = Inventory(dataverse=api.services.dataverse, pace=api.services.pace)
    assert inventory.work_days((NOON - timedelta(days=1)).date(), None)
    assert api.services.changes().work_days_of([CaseId(case)])

    alone = [
        request.headers for request in mock.requests if request.path.endswith("/cht_focussegments")
    ]
    parts = [found for request in mock.requests for found in LIST.findall(request.body)]

    assert [headers["Prefer"] for headers in alone] == ["odata.maxpagesize=500"] * 2
    assert len(parts) >= 4
    assert all("Prefer: odata.maxpagesize=500" in part for part in parts)
