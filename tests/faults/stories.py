"""Short stories that together meet every function, use case and place that asks Dataverse.

What a story needs beforehand happens without faults; from `World.begin` on anything can go wrong.
"""

import json
from collections.abc import Callable
from uuid import UUID

from tests.api.events import regarding
from tests.api.harness import NOON, a_log, reported
from tests.api.reconciling import from_a_form
from tests.faults.scenes import (
    CALLED_BACK,
    CORRECTED,
    CORRECTION,
    LOG,
    LOGGED,
    LONG,
    MIDNIGHT,
    corrected,
    days_are_wrong,
    hears_once,
    there_are_old_cases,
    worked_on,
)
from tests.faults.world import CASE, OTHER_CASE, World


def an_outbox_is_delivered(world: World) -> None:
    """Two windows on two cases, read a page of one segment at a time; one segment is refused."""
    world.mock.limits.elastic_page_rows = 1
    world.clock.advance(minutes=20)
    world.begin()
    world.delivers(
        "segments",
        world.amira,
        reported(CASE, 0, 600, id=UUID(int=1)),
        reported(OTHER_CASE, 300, 900, id=UUID(int=3), window="window-2"),
        reported(CASE, 0, 7_200, id=UUID(int=5)),
    )


def the_widget_tells_of_focus(world: World) -> None:
    """A day that is known grows, also by what another window had in focus before."""
    world.clock.advance(minutes=10)
    world.begin()
    segments = [reported(CASE, 300 * n, 300 * n + 300, id=UUID(int=10 + n)) for n in range(3)]
    segments += [reported(OTHER_CASE, 450, 750, id=UUID(int=20), window="window-2")]
    told = {"surface": "hub", "event": "gained"}
    world.delivers(f"cases/{CASE}/focus", world.amira, segments[0], **told)
    world.clock.advance(minutes=10)
    world.delivers(f"cases/{CASE}/refresh", world.amira, *segments[1:], surface="hub")


def a_segment_comes_again_as_something_unknown(world: World) -> None:
    """Another process looks at a copy that lags, and Dataverse refuses it by an unknown code."""
    world.mock.env.elastic.lag_reads = 2
    world.mock.switches.elastic_duplicate = (400, "0x80040265")
    world.clock.advance(minutes=10)
    segment = reported(CASE, 0, 600, id=UUID(int=1))
    world.delivers("segments", world.amira, segment)
    world.revives()
    world.begin()
    world.delivers("segments", world.amira, segment)


def a_segment_crosses_midnight(world: World) -> None:
    """It ends a moment from now by the server's clock, and is cut there, too."""
    world.wait_seconds = 0
    world.clock.advance(seconds=MIDNIGHT + 300)
    world.begin()
    segment = reported(CASE, MIDNIGHT - 200, MIDNIGHT + 400, id=UUID(int=30))
    world.delivers("segments", world.amira, segment)


def segments_wait_for_dataverse(world: World) -> None:
    """Another process works them off than the one that let them wait."""
    world.clock.advance(minutes=10)
    world.mock.fail_next(503, times=12)
    segment = reported(CASE, 0, 600, id=UUID(int=1))
    reply = world.delivers(f"cases/{CASE}/refresh", world.amira, segment, surface="hub")
    assert reply.status == 202
    world.revives()
    world.begin()
    world.works_off()


def time_is_logged(world: World) -> None:
    """A log is entered, changed, voided and brought back."""
    world.begin()
    logs = f"cases/{CASE}/time-logs"
    for method, path, body in (
        ("POST", logs, LOG),
        ("PATCH", f"{logs}/{LOG['id']}", {"minutes": 45}),
        ("DELETE", f"{logs}/{LOG['id']}", None),
        ("POST", f"{logs}/{LOG['id']}/restore", None),
    ):
        world.call(method, path, body, user=world.amira)


def her_own_time_is_corrected(world: World) -> None:
    worked_on(world)
    world.begin()
    for seconds in (900, 300):
        corrected(world, seconds)


def a_case_is_looked_at(world: World) -> None:
    worked_on(world)
    world.mock.add_row("cht_timelog", a_log(CASE, world.ben, cht_timelogid=LOG["id"]))
    task = {"activityid": UUID(int=91), "regardingobjectid": CASE, "actualdurationminutes": 5}
    world.mock.add_row("task", {**task, "subject": "Call back", "ownerid": world.ben.systemuserid})
    world.begin()
    for path in (f"cases/{CASE}/history", f"cases/{CASE}/representatives", "settings"):
        world.shows(path, world.amira)


def wrong_days_are_found_and_mended(world: World) -> None:
    days_are_wrong(world)
    world.begin()
    world.fires("reconcile_recent")
    world.works_off()


def all_is_made_again(world: World) -> None:
    """One case has nothing but a time log: it is found late, and with no other."""
    days_are_wrong(world)
    there_are_old_cases(world)
    world.mock.add_row("cht_timelog", a_log(LOGGED, world.ben, cht_timelogid=LOG["id"]))
    world.begin()
    world.rebuilds("--from", str(NOON.date()))


def a_rebuild_is_rehearsed(world: World) -> None:
    """It foresees days, what is moved to another case and what is totalled, and writes nothing."""
    worked_on(world, 9)
    from_a_form(world.mock, world.ben, OTHER_CASE, 0, 600, cht_focussegmentid=UUID(int=4))
    world.desk.merges(CASE, into=OTHER_CASE)
    world.mock.take_webhooks()
    world.begin()
    world.rebuilds("--from", str(NOON.date()), "--dry-run")


def the_night_finds_what_is_left(world: World) -> None:
    """Dataverse has told in vain of a resolution; time logs have no total, and take two pages.

    They are more than can be summed at once.
    """
    for number in (LOG["id"], UUID(int=92)):
        world.mock.add_row("cht_timelog", a_log(CASE, world.ben, cht_timelogid=number))
    world.desk.resolves(CASE)
    world.mock.take_webhooks()
    world.clock.advance(hours=5)
    world.mock.limits.page_rows = 1
    world.mock.limits.aggregate_rows = 1
    world.begin()
    world.fires("reconcile_history")
    world.works_off()


def old_cases_are_worked_on(world: World) -> None:
    """Each shows in one table alone that something changed."""
    there_are_old_cases(world)
    world.mock.add_row("cht_timelog", a_log(LOGGED, world.ben, cht_timelogid=LOG["id"]))
    called = {"regardingobjectid": CALLED_BACK, "actualdurationminutes": 5, "subject": "Call back"}
    world.mock.add_row("task", {**called, "ownerid": world.ben.systemuserid})
    correction = CORRECTION | {"cht_caseid": CORRECTED, "cht_deltaseconds": 200}
    world.mock.add_row("cht_timeadjustment", correction)
    world.begin()
    world.fires("reconcile_recent")
    world.works_off()


def a_case_is_resolved_again(world: World) -> None:
    """Its first resolution has no snapshot yet, because Dataverse has told of it in vain."""
    worked_on(world)
    world.desk.resolves(CASE)
    world.clock.advance(hours=1)
    world.desk.reactivates(CASE)
    world.mock.take_webhooks()
    world.desk.resolves(CASE)
    hears_once(world)
    world.begin()
    world.works_off()


def a_case_is_cancelled(world: World) -> None:
    worked_on(world)
    world.begin()
    world.desk.cancels(CASE)
    world.settles()


def a_case_is_merged(world: World) -> None:
    """All that was recorded on it counts for the other one."""
    worked_on(world)
    world.mock.add_row("cht_timelog", a_log(CASE, world.ben, cht_timelogid=LOG["id"]))
    world.mock.add_row("cht_timeadjustment", CORRECTION)
    world.desk.merges(CASE, into=OTHER_CASE)
    hears_once(world)
    world.begin()
    world.works_off()


def segments_come_late_for_a_merged_case(world: World) -> None:
    world.clock.advance(minutes=10)
    world.desk.merges(CASE, into=OTHER_CASE)
    world.mock.take_webhooks()
    world.begin()
    world.delivers("segments", world.amira, reported(CASE, 0, 600, id=UUID(int=1)))
    world.queues["reconcile"].append(json.dumps({"kind": "cases", "cases": [str(CASE)]}))
    world.works_off()


def a_case_is_deleted(world: World) -> None:
    """Its time and its total go with it."""
    worked_on(world)
    world.mock.add_row("cht_casehandlingtime", {"cht_casehandlingtimeid": CASE, "cht_caseid": CASE})
    world.begin()
    world.desk.does("DELETE", f"incidents({CASE})")
    world.settles()


def a_case_is_restored(world: World) -> None:
    """Meanwhile another case was worked on, also in seconds that were its own."""
    worked_on(world)
    world.desk.deletes(CASE)
    world.mock.take_webhooks()
    world.delivers("segments", world.amira, reported(OTHER_CASE, 300, 600, id=UUID(int=2)))
    world.begin()
    world.desk.restores(CASE)
    world.settles()


def a_long_mail_is_sent(world: World) -> None:
    """So long that Dataverse leaves out which case it is about."""
    world.begin()
    mail = {"regardingobjectid_incident_email@odata.bind": f"/incidents({CASE})"}
    world.desk.does("POST", "emails", mail | {"actualdurationminutes": 5, "description": LONG})
    world.settles()


def an_activity_moves_and_goes(world: World) -> None:
    task = world.desk.adds_task(CASE, 5)
    world.settles()
    world.begin()
    world.desk.does("PATCH", f"tasks({task})", regarding(OTHER_CASE))
    world.settles()
    world.desk.does("DELETE", f"tasks({task})")
    world.settles()


def a_setting_is_changed(world: World) -> None:
    """Until it can be read, the last known settings hold."""
    world.call("GET", "settings", user=world.amira)
    world.mock.setting("cht_UpdateIntervalMinutes", "25")
    world.begin()
    about = {"x-ms-dynamics-entity-name": "organizationsetting"}
    world.call("POST", "webhooks/dataverse", {}, headers=about)
    world.call("GET", "settings", user=world.amira)
    world.clock.advance(minutes=2)  # also what was told in vain is seen by then
    world.shows("settings", world.amira)


def the_service_is_asked_about_itself(world: World) -> None:
    world.begin()
    world.call("GET", "health")
    world.call("GET", "openapi.json")


def the_service_tries_its_own_calls(world: World) -> None:
    """What it writes is of no figure, and gone within the hour."""
    world.begin()
    body = {"representative": str(world.amira.systemuserid), "caseId": str(CASE)}
    world.call("POST", "self-check", body)
    world.clock.advance(hours=1)


STORIES: tuple[Callable[[World], None], ...] = (
    an_outbox_is_delivered,
    the_widget_tells_of_focus,
    a_segment_comes_again_as_something_unknown,
    a_segment_crosses_midnight,
    segments_wait_for_dataverse,
    time_is_logged,
    her_own_time_is_corrected,
    a_case_is_looked_at,
    wrong_days_are_found_and_mended,
    all_is_made_again,
    a_rebuild_is_rehearsed,
    the_night_finds_what_is_left,
    old_cases_are_worked_on,
    a_case_is_resolved_again,
    a_case_is_cancelled,
    a_case_is_merged,
    segments_come_late_for_a_merged_case,
    a_case_is_deleted,
    a_case_is_restored,
    a_long_mail_is_sent,
    an_activity_moves_and_goes,
    a_setting_is_changed,
    the_service_is_asked_about_itself,
    the_service_tries_its_own_calls,
)
