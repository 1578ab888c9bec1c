"""Bodies of rows as our calls send them."""

from uuid import UUID, uuid4

from tests.contract.api import Json


def automatic_time(case: UUID, representative: UUID, **more: object) -> Json:
    """A complete row of a standard table."""
    return {
        "cht_CaseId@odata.bind": f"/incidents({case})",
        "cht_RepresentativeId@odata.bind": f"/systemusers({representative})",
        "cht_day": "2026-11-01",
        "cht_trackedseconds": 600,
        "cht_segmentcount": 1,
        **more,
    }


def time_log(case: UUID, representative: UUID, **more: object) -> Json:
    return {
        "cht_CaseId@odata.bind": f"/incidents({case})",
        "cht_RepresentativeId@odata.bind": f"/systemusers({representative})",
        "cht_minutes": 15,
        "cht_category": 0,
        "cht_loggedon": "2026-11-01",
        **more,
    }


def segment(case: UUID, representative: UUID, **more: object) -> Json:
    """A complete row of an elastic table, in the partition of the representative."""
    return {
        "cht_focussegmentid": str(uuid4()),
        "partitionid": str(representative),
        "cht_CaseId@odata.bind": f"/incidents({case})",
        "cht_RepresentativeId@odata.bind": f"/systemusers({representative})",
        "cht_focusstartedon": "2026-11-01T08:00:00Z",
        "cht_startedon": "2026-11-01T08:00:00Z",
        "cht_endedon": "2026-11-01T08:10:00Z",
        "cht_day": "2026-11-01",
        **more,
    }


def segment_url(body: Json) -> str:
    return (
        f"cht_focussegments(cht_focussegmentid={body['cht_focussegmentid']},"
        f"partitionid='{body['partitionid']}')"
    )
