"""The demo's looking glass: what lies in Dataverse for one day. Not part of the product."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from solution.model.choices import SURFACE
from tests.local_stack.form_session import DataverseToken
from tests.local_stack.http_messages import Handler, Request, Response, json_response, problem
from tests.local_stack.token_desk import DATAVERSE_PATH

DAY = re.compile(r"\d{4}-\d\d-\d\d")
SURFACES = {number: label.lower() for number, label in SURFACE.labels.items()}
WHO_AND_WHERE = ("_cht_caseid_value", "_cht_representativeid_value")
SEGMENT_COLUMNS = (
    *WHO_AND_WHERE,
    "cht_focussegmentid",
    "cht_focusstartedon",
    "cht_startedon",
    "cht_endedon",
    "cht_endreason",
    "cht_surface",
    "cht_windowid",
)

Row = Mapping[str, Any]


class DataverseAnswerError(Exception):
    """Dataverse did not answer a read; ``response`` is what it said instead."""

    def __init__(self, response: Response) -> None:
        super().__init__(f"Dataverse answered {response.status}")
        self.response = response


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Reads as the application user, who sees everybody's rows."""

    dataverse: Handler
    token: DataverseToken

    def handle(self, request: Request) -> Response:
        """Answer ``GET /recorded?day=YYYY-MM-DD``."""
        day = _day(request.query.get("day", ""))
        if day is None:
            return problem(
                HTTPStatus.UNPROCESSABLE_ENTITY, "must be a day such as 2026-03-10", field="day"
            )
        try:
            return json_response(self._of(day))
        except DataverseAnswerError as error:
            return problem(HTTPStatus.BAD_GATEWAY, str(error))

    def _of(self, day: date) -> dict[str, object]:
        on_day = f"cht_day eq {day}"
        segments = [
            _segment(row) for row in self._rows("cht_focussegments", SEGMENT_COLUMNS, on_day)
        ]
        times = self._rows("cht_automatictimes", (*WHO_AND_WHERE, "cht_trackedseconds"), on_day)
        return {
            "day": day.isoformat(),
            "segments": sorted(segments, key=lambda each: (each["startedAt"], each["id"])),
            "automaticTimes": [_automatic_time(row) for row in times],
            "cases": self._names("incidents", "incidentid", "title"),
            "representatives": self._names("systemusers", "systemuserid", "fullname"),
        }

    def _names(self, entity_set: str, key: str, name: str) -> dict[str, str]:
        return {row[key]: row[name] for row in self._rows(entity_set, (name,))}

    def _rows(self, entity_set: str, columns: tuple[str, ...], where: str = "") -> Iterator[Row]:
        """Yield the rows of all pages."""
        query = f"$select={','.join(columns)}" + (f"&$filter={quote(where)}" if where else "")
        target = f"{DATAVERSE_PATH}/{entity_set}?{query}"
        headers = {"authorization": f"Bearer {self.token(None)}", "accept": "application/json"}
        while target:
            answer = self.dataverse(Request(method="GET", target=target, headers=headers))
            if answer.status != HTTPStatus.OK:
                raise DataverseAnswerError(answer)
            page = json.loads(answer.body)
            yield from page["value"]
            target = _target(page.get("@odata.nextLink", ""))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if url else ""


def _who_and_where(row: Row) -> dict[str, Any]:
    return {
        "caseId": row["_cht_caseid_value"],
        "representativeId": row["_cht_representativeid_value"],
    }


def _segment(row: Row) -> dict[str, Any]:
    return {
        "id": row["cht_focussegmentid"],
        **_who_and_where(row),
        "focusStartedAt": row["cht_focusstartedon"],
        "startedAt": row["cht_startedon"],
        "endedAt": row["cht_endedon"],
        "endReason": row["cht_endreason"],
        "surface": SURFACES.get(row["cht_surface"]),
        "windowId": row["cht_windowid"],
    }


def _automatic_time(row: Row) -> dict[str, Any]:
    return {**_who_and_where(row), "seconds": row["cht_trackedseconds"]}
