"""CreateMultiple and its like: whole on standard tables, row by row on elastic ones."""

import json
from uuid import UUID, uuid4

from tests.contract.api import Api, Json
from tests.contract.rows import segment, segment_url, time_log
from tests.mock_dataverse.people import User

CRM = "Microsoft.Dynamics.CRM"
DETAILS = {"Prefer": 'odata.include-annotations="*"'}


def targets(table: str, *rows: Json) -> Json:
    return {"Targets": [{"@odata.type": f"{CRM}.{table}", **row} for row in rows]}


def failures(body: Json) -> list[Json]:
    """Return the failed rows, wherever the error carries them."""
    (text,) = [text for name, text in body["error"].items() if name.endswith("BulkApiErrorDetails")]
    found: list[Json] = json.loads(text)
    return found


def test_many_rows_are_created_in_one_call(ann_api: Api, ann: User, case: UUID) -> None:
    rows = [segment(case, ann.systemuserid) for _ in range(3)]

    answer = ann_api.post(
        f"cht_focussegments/{CRM}.CreateMultiple", targets("cht_focussegment", *rows)
    )

    assert answer.status_code == 200
    assert answer.json()["Ids"] == [row["cht_focussegmentid"] for row in rows]
    assert answer.headers["x-ms-session-token"]


def test_a_bad_standard_row_stops_all_of_them(ann_api: Api, ann: User, case: UUID) -> None:
    good = time_log(case, ann.systemuserid)

    answer = ann_api.post(
        f"cht_timelogs/{CRM}.CreateMultiple",
        targets("cht_timelog", good, good | {"cht_minutes": 0}),
    )

    assert answer.status_code == 400
    assert ann_api.values("cht_timelogs") == []


def test_a_bad_elastic_row_stops_only_itself(ann_api: Api, ann: User, case: UUID) -> None:
    known, new = segment(case, ann.systemuserid), segment(case, ann.systemuserid)
    ann_api.post("cht_focussegments", known)

    answer = ann_api.post(
        f"cht_focussegments/{CRM}.CreateMultiple",
        targets("cht_focussegment", known, new),
        DETAILS,
    )

    assert failures(answer.json()) == [
        {"RequestIndex": 0, "Id": known["cht_focussegmentid"], "StatusCode": 409}
    ]
    assert ann_api.get(segment_url(new)).status_code == 200


def test_a_target_without_its_type_is_refused(ann_api: Api, ann: User, case: UUID) -> None:
    body = {"Targets": [time_log(case, ann.systemuserid)]}

    assert ann_api.post(f"cht_timelogs/{CRM}.CreateMultiple", body).status_code == 400


def test_of_two_updates_of_a_row_the_first_counts(ann_api: Api, ann: User, case: UUID) -> None:
    row_id = str(uuid4())
    ann_api.post("cht_timelogs", time_log(case, ann.systemuserid, cht_timelogid=row_id))
    updates = [{"cht_timelogid": row_id, "cht_minutes": minutes} for minutes in (20, 30)]

    answer = ann_api.post(f"cht_timelogs/{CRM}.UpdateMultiple", targets("cht_timelog", *updates))

    assert answer.status_code == 204
    assert ann_api.get(f"cht_timelogs({row_id})").json()["cht_minutes"] == 20


def test_an_upsert_of_many_creates_and_updates(ann_api: Api, ann: User, case: UUID) -> None:
    known, new = str(uuid4()), str(uuid4())
    ann_api.post("cht_timelogs", time_log(case, ann.systemuserid, cht_timelogid=known))
    rows = [
        time_log(case, ann.systemuserid, cht_timelogid=row_id, cht_minutes=44)
        for row_id in (known, new)
    ]

    answer = ann_api.post(f"cht_timelogs/{CRM}.UpsertMultiple", targets("cht_timelog", *rows))

    assert answer.status_code == 204
    assert [row["cht_minutes"] for row in ann_api.values("cht_timelogs")] == [44, 44]


def test_an_elastic_upsert_of_many_replaces(admin_api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid, cht_endreason="blur")
    admin_api.post("cht_focussegments", body)
    again = {key: value for key, value in body.items() if key != "cht_endreason"}

    admin_api.post(f"cht_focussegments/{CRM}.UpsertMultiple", targets("cht_focussegment", again))

    assert admin_api.get(segment_url(body)).json()["cht_endreason"] is None


def test_many_elastic_rows_are_deleted(admin_api: Api, ann: User, case: UUID) -> None:
    body = segment(case, ann.systemuserid)
    admin_api.post("cht_focussegments", body)
    key = {name: body[name] for name in ("cht_focussegmentid", "partitionid")}

    answer = admin_api.post(
        f"cht_focussegments/{CRM}.DeleteMultiple", targets("cht_focussegment", key)
    )

    assert answer.status_code == 204
    assert admin_api.values("cht_focussegments") == []


def test_standard_rows_are_not_deleted_in_bulk(admin_api: Api) -> None:
    body = targets("cht_timelog", {"cht_timelogid": str(uuid4())})

    assert admin_api.post(f"cht_timelogs/{CRM}.DeleteMultiple", body).status_code == 405
