"""I1 of webhooks: any order and repetition of what is told ends in the same rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions import wiring
from tests.api.events import EVENTS, TOTALS, Desk, regarding
from tests.api.harness import Api, Clock, reported
from tests.conftest import environment
from tests.mock_dataverse.webhooks import Webhook

CASE, OTHER_CASE = (UUID(f"5c0e7f3a-0000-4000-8000-00000000000{number}") for number in (1, 2))
TOTAL = "cht_casehandlingtime"
SNAPSHOT = "cht_handlingtimesnapshot"
STAMPS = {"createdon", "modifiedon", "versionnumber", "@odata.etag"}

Rows = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Story:
    """A desk, and what Dataverse has to tell of a story that is over."""

    desk: Desk
    told: list[Webhook]

    @property
    def rows(self) -> Rows:
        return [
            {name: value for name, value in row.items() if name not in STAMPS}
            for table in (TOTAL, SNAPSHOT)
            for row in sorted(self.desk.mock.rows(table), key=lambda row: str(row[f"{table}id"]))
        ]

    def forget(self) -> None:
        """Be as if nothing had been told yet."""
        for queue in self.desk.api.queues.values():
            queue.clear()
        for table in (TOTAL, SNAPSHOT):
            for row in self.desk.mock.rows(table):
                self.desk.mock.delete_row(table, UUID(str(row[f"{table}id"])))


@contextmanager
def story() -> Iterator[Story]:
    """A case is worked on, resolved, opened again, resolved; a task moves away, another goes."""
    clock = Clock()
    with environment(clock) as mock, pytest.MonkeyPatch.context() as patch:
        amira = mock.add_user("Amira (test)", systemuserid=UUID(int=0xA))
        for case in (CASE, OTHER_CASE):
            mock.add_row("incident", {"incidentid": case, "title": f"Case {case.int % 10}"})
        api = Api(mock, clock)
        patch.setattr(wiring, "services", lambda: api.services)
        desk = Desk(api, mock)
        clock.advance(minutes=10)
        api.deliver(reported(CASE, 0, 600), user=amira)
        moved, gone = desk.adds_task(CASE, 5), desk.adds_task(OTHER_CASE, 7)
        for task in (moved, gone):
            desk.does("PATCH", f"tasks({task})", {"statecode": 1, "statuscode": 5})
        desk.resolves(CASE)
        clock.advance(minutes=1)
        desk.reactivates(CASE)
        desk.does("PATCH", f"tasks({moved})", {"statecode": 0, "statuscode": 3})
        desk.does("PATCH", f"tasks({moved})", regarding(OTHER_CASE))
        desk.does("DELETE", f"tasks({gone})")
        desk.resolves(CASE)
        yield Story(desk, mock.take_webhooks())
        api.services.shared.executor.shutdown()


@pytest.fixture(scope="module")
def ended() -> Iterator[tuple[Story, Rows]]:
    """The story, and the rows after everything was told once and in its order."""
    with story() as one:
        one.desk.tell(*one.told)
        one.desk.work_off()
        yield one, one.rows


def test_the_story_ends_as_it_should(ended: tuple[Story, Rows]) -> None:
    one, _ = ended
    one.forget()

    one.desk.tell(*one.told)
    one.desk.work_off()

    assert one.desk.totals == {str(CASE): 600, str(OTHER_CASE): 300}
    assert one.desk.snapshots == [(1, 600), (2, 600)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_order_and_repetition_of_what_is_told_ends_in_the_same_rows(
    ended: tuple[Story, Rows], data: st.DataObject
) -> None:
    one, expected = ended
    one.forget()
    again = data.draw(st.lists(st.sampled_from(range(len(one.told))), max_size=6))
    order = data.draw(st.permutations([*range(len(one.told)), *again]))

    for place in order:
        one.desk.tell(one.told[place])
        for queue in data.draw(st.lists(st.sampled_from((EVENTS, TOTALS)), max_size=2)):
            _repeat_one(one.desk, queue)
            one.desk.api.work_off_queue(queue)
    one.desk.work_off()

    assert one.rows == expected


def _repeat_one(desk: Desk, queue: str) -> None:
    """Have the last message of a queue delivered twice."""
    waiting = desk.api.queues[queue]
    waiting.extend(list(waiting)[-1:])
