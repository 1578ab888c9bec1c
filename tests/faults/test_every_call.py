"""I3 at every call: a fault at any request, part, message or answer ends in the figures without it.

Here each point has a few kinds of faults, and each kind some points of every story. All kinds at
all points are run by ``python -m tests.faults``.
"""

from dataclasses import dataclass

import pytest

from tests.api.harness import FUNCTIONS
from tests.faults import stories
from tests.faults.met import Met, noted, places_met, places_that_ask, public_code
from tests.faults.points import Asked, Story, recorded
from tests.faults.stories import STORIES


@pytest.mark.parametrize("story", STORIES)
def test_whatever_goes_wrong_at_any_call_the_figures_are_those_without_it(story: Story) -> None:
    recording = recorded(story)
    faults = recording.some_faults(turn=STORIES.index(story))

    changes = [(fault, fault.changes(story, recording.end)) for fault in faults]

    assert [f"{fault} -> {changed}" for fault, changed in changes if changed] == []


@pytest.mark.parametrize("story", STORIES)
def test_without_faults_nothing_is_left_and_nothing_surprises(story: Story) -> None:
    end = recorded(story).end

    assert (end.left, end.surprises) == ({}, [])


@pytest.mark.parametrize(
    ("story", "tracked", "total"),
    [
        pytest.param(stories.an_outbox_is_delivered, [300, 600], []),
        pytest.param(stories.the_widget_tells_of_focus, [750, 150], []),
        pytest.param(stories.a_segment_comes_again_as_something_unknown, [600], []),
        pytest.param(stories.a_segment_crosses_midnight, [200, 300], []),
        pytest.param(stories.segments_wait_for_dataverse, [600], []),
        pytest.param(stories.wrong_days_are_found_and_mended, [300, 600, 600], [900, 600]),
        pytest.param(stories.all_is_made_again, [300, 600, 600], [900, 600, 420]),
        pytest.param(stories.a_rebuild_is_rehearsed, [9], []),
        pytest.param(stories.the_night_finds_what_is_left, [], [840]),
        pytest.param(stories.old_cases_are_worked_on, [], [420, 300, 200]),
        pytest.param(stories.a_case_is_resolved_again, [600], [600]),
        pytest.param(stories.a_case_is_cancelled, [600], [600]),
        pytest.param(stories.a_case_is_merged, [600], [820]),
        pytest.param(stories.segments_come_late_for_a_merged_case, [600], [600]),
        pytest.param(stories.a_case_is_deleted, [], []),
        pytest.param(stories.a_case_is_restored, [300, 300], [300, 300]),
        pytest.param(stories.a_long_mail_is_sent, [], [300]),
        pytest.param(stories.an_activity_moves_and_goes, [], [0, 0]),
    ],
)
def test_without_faults_days_and_totals_are_right(
    story: Story, tracked: list[int], total: list[int]
) -> None:
    end = recorded(story).end

    assert (end.seconds("cht_automatictime"), end.seconds("cht_casehandlingtime")) == (
        tracked,
        total,
    )


@pytest.mark.parametrize(
    ("story", "kept"),
    [
        pytest.param(stories.a_case_is_resolved_again, [600, 600]),
        pytest.param(stories.the_night_finds_what_is_left, [840]),
    ],
)
def test_without_faults_every_resolution_has_a_snapshot(story: Story, kept: list[int]) -> None:
    assert recorded(story).end.seconds("cht_handlingtimesnapshot") == kept


@pytest.mark.parametrize(
    ("story", "table", "column", "entered"),
    [
        pytest.param(stories.time_is_logged, "cht_timelog", "cht_minutes", ["45"]),
        pytest.param(stories.time_is_logged, "cht_timelog", "statecode", ["0"]),
        pytest.param(
            stories.her_own_time_is_corrected,
            "cht_timeadjustment",
            "cht_deltaseconds",
            ["-600", "300"],
        ),
    ],
)
def test_without_faults_what_was_entered_is_there(
    story: Story, table: str, column: str, entered: list[str]
) -> None:
    assert recorded(story).end.column(table, column) == entered


@pytest.mark.parametrize(
    ("story", "statuses"),
    [
        pytest.param(stories.a_case_is_looked_at, [200, 200, 200]),
        pytest.param(stories.a_setting_is_changed, [200]),
    ],
)
def test_without_faults_what_is_asked_for_is_shown(story: Story, statuses: list[int]) -> None:
    assert [each.status for each in recorded(story).end.shown] == statuses


@pytest.mark.parametrize(
    ("story", "requests"),
    [
        # To see resolutions and sums, to keep snapshots, to sum, to write the total.
        pytest.param(stories.a_case_is_resolved_again, 4),
        pytest.param(stories.a_case_is_cancelled, 3),
        pytest.param(stories.a_case_is_deleted, 2),
        # To read whom it regards, to sum, to write.
        pytest.param(stories.a_long_mail_is_sent, 3),
    ],
)
def test_what_webhooks_bring_about_takes_as_few_requests_as_it_can(
    story: Story, requests: int
) -> None:
    assert len(recorded(story).requests) == requests


@dataclass(frozen=True, slots=True)
class Told:
    """What the stories met when each was told once."""

    functions: frozenset[str]
    code: Met
    requests: frozenset[Asked]


@pytest.fixture(scope="module")
def told() -> Told:
    met = Met()
    with noted(met):
        recordings = [recorded(story) for story in STORIES]
    return Told(
        frozenset().union(*(each.ran for each in recordings)),
        met,
        frozenset().union(*(each.requests for each in recordings)),
    )


def test_the_stories_meet_every_function_of_the_app(told: Told) -> None:
    assert FUNCTIONS.keys() - told.functions == set()


def test_the_stories_meet_every_use_case(told: Told) -> None:
    assert {name for name, code in public_code().items() if code not in told.code.code} == set()


def test_the_stories_meet_every_place_that_asks_dataverse(told: Told) -> None:
    assert places_that_ask() - places_met(told.code) == set()


def test_no_place_that_asks_dataverse_escapes_the_search_for_them(told: Told) -> None:
    assert places_met(told.code) - places_that_ask() == set()


def test_several_rows_are_written_in_batches_alone_whose_parts_are_points(told: Told) -> None:
    """Of a bulk message some rows can fail, too; who sends the first one adds faults for it."""
    bulk = [each for each in told.requests if "Multiple" in " ".join([each.what, *each.parts])]

    assert bulk == []
