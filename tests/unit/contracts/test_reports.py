import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from functions.contracts.parameters import CaseParameters, HistoryParameters
from functions.contracts.reports import FocusReport, OutboxReport, RefreshReport
from functions.timekeeping.segments import Surface
from functions.usecases.show_history import Section
from tests.builders import CASE, NOON, at, delivery, reported

SEGMENT = {
    "id": "00000000-0000-0000-0000-000000000001",
    "caseId": str(CASE),
    "focusStartedAt": "2026-03-10T11:59:00Z",
    "startedAt": "2026-03-10T11:59:00Z",
    "endedAt": "2026-03-10T12:00:00Z",
    "endReason": "interval",
    "surface": "workspace",
    "windowId": "window-1",
}
OUTBOX = {"sentAt": "2026-03-10T12:00:00Z", "segments": [SEGMENT]}
FOCUS = {"event": "gained", "sentAt": "2026-03-10T12:00:00Z", "surface": "hub"}


def outbox(**changes: object) -> dict[str, Any]:
    """Return an outbox whose only segment is changed; ``None`` leaves a member out."""
    changed = {**SEGMENT, **changes}
    return {**OUTBOX, "segments": [{k: v for k, v in changed.items() if v is not None}]}


def read(body: object) -> OutboxReport:
    return OutboxReport.model_validate_json(json.dumps(body))


def places(body: object) -> list[str]:
    """Return where a body is not what it should be."""
    with pytest.raises(ValidationError) as caught:
        read(body)
    return [".".join(map(str, each["loc"])) for each in caught.value.errors()]


def test_an_outbox_becomes_a_delivery() -> None:
    assert read(OUTBOX).to_delivery(received_at=NOON) == delivery(reported(-60, 0))


def test_a_focus_report_needs_no_segments_and_no_app() -> None:
    report = FocusReport.model_validate_json(json.dumps(FOCUS))

    assert (report.event, report.surface, report.app) == ("gained", Surface.HUB, None)
    assert report.to_delivery(received_at=NOON) == delivery()


def test_moments_of_any_zone_and_precision_are_read() -> None:
    body = outbox(startedAt="2026-03-10T12:59:00.250+01:00")

    assert read(body).segments[0].started_at == at(-59.75)
    assert read(body).segments[0].started_at.utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("body", "place"),
    [
        pytest.param(outbox(extra=1), "segments.0.extra", id="unknown member of a segment"),
        pytest.param({**OUTBOX, "extra": 1}, "extra", id="unknown member"),
        pytest.param({"sentAt": OUTBOX["sentAt"]}, "segments", id="no segments"),
        pytest.param({"segments": []}, "sentAt", id="no sentAt"),
        pytest.param({**OUTBOX, "segments": None}, "segments", id="segments are null"),
        pytest.param({**OUTBOX, "segments": {}}, "segments", id="segments are no list"),
        pytest.param({**OUTBOX, "sentAt": 1773144000}, "sentAt", id="moment as a number"),
        pytest.param({**OUTBOX, "sentAt": float("nan")}, "sentAt", id="NaN"),
        pytest.param(outbox(id=None), "segments.0.id", id="no id"),
        pytest.param(outbox(id=7), "segments.0.id", id="id as a number"),
        pytest.param(outbox(id="7"), "segments.0.id", id="id that is none"),
        pytest.param(outbox(case_id=str(CASE)), "segments.0.case_id", id="name as in Python"),
        pytest.param(outbox(startedAt="2026-03-10T12:00:00"), "segments.0.startedAt", id="naive"),
        pytest.param(outbox(id=str(UUID(int=0))), "segments.0.id", id="the id of nothing"),
        pytest.param({**OUTBOX, "sentAt": "1773144000"}, "sentAt", id="seconds since 1970"),
        pytest.param({**OUTBOX, "sentAt": "2026-03-10"}, "sentAt", id="day only"),
        pytest.param(outbox(startedAt="yesterday"), "segments.0.startedAt", id="no moment"),
        pytest.param(outbox(endedAt="0001-01-01T00:00:00Z"), "segments.0.endedAt", id="year 1"),
        pytest.param(outbox(endedAt="1999-12-31T23:59:59Z"), "segments.0.endedAt", id="1999"),
        pytest.param(outbox(endedAt="2100-01-01T00:00:00Z"), "segments.0.endedAt", id="2100"),
        pytest.param(outbox(surface="desktop"), "segments.0.surface", id="unknown surface"),
        pytest.param(outbox(surface=0), "segments.0.surface", id="surface as a number"),
        pytest.param(outbox(endReason=""), "segments.0.endReason", id="no end reason"),
        pytest.param(outbox(endReason="x" * 41), "segments.0.endReason", id="long end reason"),
        pytest.param(outbox(endReason="a\u0000b"), "segments.0.endReason", id="NUL"),
        pytest.param(outbox(windowId="w\n"), "segments.0.windowId", id="line break at the end"),
        pytest.param(outbox(windowId="x" * 101), "segments.0.windowId", id="long window"),
        pytest.param([], "", id="no object"),
    ],
)
def test_what_is_not_as_agreed_is_refused_and_its_place_named(body: object, place: str) -> None:
    assert place in places(body)


def test_a_delivery_has_at_most_500_segments() -> None:
    segments = [{**SEGMENT, "id": str(UUID(int=number))} for number in range(1, 502)]

    assert len(read({**OUTBOX, "segments": segments[:500]}).segments) == 500
    assert places({**OUTBOX, "segments": segments}) == ["segments"]


def test_of_two_segments_with_one_id_both_places_are_named() -> None:
    other = {**SEGMENT, "id": str(UUID(int=2))}

    with pytest.raises(ValidationError, match="items 0 and 2 have the same id"):
        read({**OUTBOX, "segments": [SEGMENT, other, SEGMENT]})


def test_ids_are_the_same_in_capitals() -> None:
    upper = {**SEGMENT, "id": "ABCDEFAB-0000-0000-0000-000000000001"}
    lower = {**SEGMENT, "id": "abcdefab-0000-0000-0000-000000000001"}

    assert places({**OUTBOX, "segments": [upper, lower]}) == ["segments"]


@pytest.mark.parametrize("event", ["gone", "", 1, True, None])
def test_focus_was_gained_or_lost_and_nothing_else(event: object) -> None:
    with pytest.raises(ValidationError):
        FocusReport.model_validate_json(json.dumps({**FOCUS, "event": event}))


@pytest.mark.parametrize("app", ["", "a b", "x" * 101, "a'b", 7])
def test_an_app_is_called_by_its_unique_name(app: object) -> None:
    body = {"sentAt": FOCUS["sentAt"], "surface": "hub", "app": app}

    with pytest.raises(ValidationError):
        RefreshReport.model_validate_json(json.dumps(body))


def test_parameters_are_texts_and_unknown_ones_are_not_ours() -> None:
    found = CaseParameters.model_validate({"caseId": str(CASE), "app": "hub", "code": "x"})

    assert (found.case_id, found.app) == (CASE, "hub")


def test_without_a_section_all_lists_are_wanted() -> None:
    assert HistoryParameters.model_validate({"caseId": str(CASE)}).sections == tuple(Section)


def test_one_list_can_be_wanted_and_continued() -> None:
    found = HistoryParameters.model_validate(
        {"caseId": str(CASE), "section": "timeLogs", "cursor": "abc"}
    )

    assert (found.sections, found.cursor) == ((Section.TIME_LOGS,), "abc")


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"cursor": "abc"}, id="a cursor without its list"),
        pytest.param({"section": "everything"}, id="unknown list"),
        pytest.param({"section": "timeLogs", "cursor": "x" * 20_001}, id="endless cursor"),
        pytest.param({"caseId": "7"}, id="no case"),
    ],
)
def test_a_history_that_is_not_ours_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        HistoryParameters.model_validate({"caseId": str(CASE), **wrong})
