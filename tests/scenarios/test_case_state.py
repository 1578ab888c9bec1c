"""Ours: the state of a case decides whether its time counts, not what its form lets be edited.

The control is bound to the case number, which no form lets anybody edit once the case is saved.
"""

from playwright.sync_api import expect

from tests.local_stack.office.cases import case_id
from tests.scenarios.cases import COFFEE, PARCEL
from tests.scenarios.conftest import OpenDesk
from tests.scenarios.desk import Desk
from tests.scenarios.evidence import Stretch
from tests.scenarios.office import Office
from tests.scenarios.registry import BOTH, scenario

RESOLVED = {"statecode": 1, "statuscode": 5}
NOT_TRACKING = "Not tracking: the case is resolved"
MANY = 200


@scenario(
    row="A case is opened while offline",
    source="ours",
    microsoft="Not mentioned.",
    ours="It counts from the first second; all of it is delivered when the network is back.",
    apps=BOTH,
)
def test_a_case_opened_offline_counts_from_the_first_second(desk: Desk, day: Office) -> None:
    desk.go_offline()
    desk.open_case(COFFEE)
    desk.work(seconds=7)
    desk.widget.runs()
    desk.work(minutes=3)
    expect(desk.widget.root.get_by_text("offline. ")).to_be_visible()
    desk.go_online()
    desk.press_refresh()

    desk.widget.shows(total="3 min 7 sec")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 187)]
    assert day.evidence.tracked() == {COFFEE: 187}


@scenario(
    row="A case that this device knows as resolved is opened while offline",
    source="ours",
    microsoft="Not mentioned.",
    ours="Nothing is counted, and the widget says why.",
    apps=BOTH,
)
def test_a_case_known_as_resolved_does_not_count_offline(
    desk: Desk, day: Office, open_desk: OpenDesk
) -> None:
    desk.open_case(PARCEL)
    desk.widget.stands_still(NOT_TRACKING)
    desk.close()
    later = open_desk()
    later.go_offline()
    later.open_case(PARCEL)
    later.work(minutes=3)
    later.widget.stands_still(NOT_TRACKING)
    later.go_online()
    later.work(minutes=1)

    assert day.evidence.stretches() == []


@scenario(
    row="The case is resolved on its form",
    source="ours",
    microsoft="Not mentioned.",
    ours="It stops at once, also while the service does not answer.",
    apps=BOTH,
)
def test_a_case_resolved_on_the_form_stops_at_once(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=4)
    day.stack.traffic.answer_next(503, times=MANY)
    desk.resolve()
    desk.widget.stands_still(NOT_TRACKING)
    desk.work(minutes=8)
    day.stack.traffic.answer_as_usual()
    desk.work(minutes=6)

    desk.widget.shows(total="4 min")
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 240)]
    assert day.evidence.tracked() == {COFFEE: 240}


@scenario(
    row="Somebody else resolves the case while it is open",
    source="ours",
    microsoft="Not mentioned.",
    ours="It stops as soon as the form is refreshed, and at the next interval at the latest.",
    apps=BOTH,
)
def test_a_case_resolved_elsewhere_stops_when_the_form_hears_of_it(desk: Desk, day: Office) -> None:
    desk.open_case(COFFEE)
    desk.work(minutes=4)
    day.stack.mock.update_row("incident", case_id(1), RESOLVED)
    desk.work(minutes=1)
    desk.widget.runs()
    desk.refresh_form()

    desk.widget.stands_still(NOT_TRACKING)
    desk.work(minutes=8)
    assert day.evidence.stretches() == [Stretch(COFFEE, 0, 300)]


@scenario(
    row="A case is reactivated on its form",
    source="ours",
    microsoft="Not mentioned.",
    ours="It counts again at once.",
    apps=BOTH,
)
def test_a_reactivated_case_counts_again_at_once(desk: Desk, day: Office) -> None:
    desk.open_case(PARCEL)
    desk.widget.stands_still(NOT_TRACKING)
    desk.work(minutes=2)
    desk.reactivate()
    desk.widget.runs()
    desk.work(minutes=1)
    desk.go_home()
    desk.work(seconds=5)

    assert day.evidence.stretches() == [Stretch(PARCEL, 120, 180)]
