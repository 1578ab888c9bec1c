"""What rows of segments say of who wrote them."""

from uuid import UUID

import pytest

from dataverse_client import Row
from functions.repositories.segments import NEEDED, evidence_of, to_segments
from tests.builders import AMIRA, BORIS, CASE, at, span

SERVICE = "e0000000-0000-4000-8000-00000000000e"


def row(**columns: object) -> Row:
    """Return a segment that Amira's service wrote for her, of the minute after noon."""
    return {
        "cht_focussegmentid": str(UUID(int=1)),
        "_cht_caseid_value": str(CASE),
        "_cht_representativeid_value": str(AMIRA),
        "cht_focusstartedon": "2026-03-10T12:00:00Z",
        "cht_startedon": "2026-03-10T12:00:00Z",
        "cht_endedon": "2026-03-10T12:01:00Z",
        "cht_day": "2026-03-10",
        "cht_endreason": None,
        "cht_surface": None,
        "cht_windowid": None,
        "createdon": "2026-03-10T12:02:00Z",
        "_createdby_value": str(AMIRA),
        "_ownerid_value": str(AMIRA),
        "_createdonbehalfby_value": SERVICE,
        **columns,
    }


def test_what_the_service_wrote_was_judged_then() -> None:
    (segment,) = to_segments([row()])

    assert (segment.span, segment.unjudged_since) == (span(0, 60), None)


def test_what_came_past_the_service_is_judged_as_of_when_it_was_written() -> None:
    (segment,) = to_segments([row(_createdonbehalfby_value=None)])

    assert segment.unjudged_since == at(120)


def test_a_segment_that_ends_before_it_starts_is_empty() -> None:
    (segment,) = to_segments([row(cht_endedon="2026-03-10T11:00:00Z")])

    assert segment.span == span(0, 0)


@pytest.mark.parametrize(
    ("columns", "counts"),
    [
        pytest.param({}, True, id="her own"),
        pytest.param({"_ownerid_value": str(BORIS)}, True, id="given to a colleague since"),
        pytest.param({"_createdby_value": str(BORIS)}, True, id="written by a colleague, hers now"),
        pytest.param(
            {"_createdby_value": str(BORIS), "_ownerid_value": str(BORIS)},
            False,
            id="a colleague's in her name",
        ),
        pytest.param({"_cht_representativeid_value": str(BORIS)}, False, id="of a colleague"),
    ],
)
def test_evidence_of_somebody_names_her_and_is_or_was_her_own(
    columns: dict[str, object], *, counts: bool
) -> None:
    assert bool(evidence_of(AMIRA, [row(**columns)])) == counts


@pytest.mark.parametrize("left_out", NEEDED)
def test_a_row_that_leaves_out_what_a_form_asks_for_is_no_evidence_and_hides_no_other(
    left_out: str,
) -> None:
    rows = [row(**{left_out: None}), row(cht_focussegmentid=str(UUID(int=2)))]

    assert [segment.id.int for segment in to_segments(rows)] == [2]
    assert [segment.id.int for segment in evidence_of(AMIRA, rows)] == [2]
