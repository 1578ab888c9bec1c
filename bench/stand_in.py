"""A Dataverse of made-up evidence, for more of it than the mock could take in.

``python -m bench.stand_in`` prints ``{"port": ...}`` and ends when its stdin does. It understands
what reconciliation asks and nothing else: segments come from ``bench.made_up``, recorded days and
totals are what was written, and no other table has rows. ``bench.agreement`` checks it against the
mock.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bench.made_up import NOW, number_of, representative_id, segments_on, sign_in_of
from tests.local_stack.http_messages import Request, Response, json_response
from tests.local_stack.http_server import HttpServer
from tests.local_stack.lifeline import announce, wait_for_parent
from tests.mock_dataverse.batch import Part, parse_batch, write_batch
from tests.mock_dataverse.calls import Answer, Call, json_answer
from tests.mock_dataverse.limits import Limits

Shown = dict[str, object]
Asked = tuple[str, str, str | None, tuple[tuple[str, str], ...]]
"""Method and path of a request, as whom, and method and path of its parts."""

API = "/api/data/v9.2/"
LIMITS = Limits()
COUNT = "/count"
WRITTEN_ON = NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
SYSTEM = "00000000-0000-0000-0000-00000000515e"
UNIT = "00000000-0000-0000-0000-0000000000b0"
DAY = re.compile(r"cht_day eq (\d{4}-\d\d-\d\d)")
WORK_DAYS = re.compile(
    r"_cht_representativeid_value eq (\S+) and \(?((?:cht_day eq \S+(?: or )?)+)"
)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(slots=True)
class StandIn:
    """Answers requests; keeps what was written, how many requests there were, and the first."""

    most_remembered: int = 10_000
    count: int = 0
    asked: list[Asked] = field(default_factory=list)
    totals: dict[str, Shown] = field(default_factory=dict)
    _days: defaultdict[tuple[str, str], dict[str, Shown]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _seconds: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def days(self) -> list[Shown]:
        """Every recorded day."""
        return [row for of_day in self._days.values() for row in of_day.values()]

    def handle(self, request: Request) -> Response:
        if request.path == COUNT:
            counted, self.count = self.count, 0
            return json_response(counted)
        self.count += 1
        path, _, query = request.target.partition(API)[2].partition("?")
        parts: tuple[Call, ...] = ()
        if path == "$batch":
            units = parse_batch(
                request.headers["content-type"], request.body, most_parts=LIMITS.batch_parts
            )
            parts = tuple(unit.call for unit in units if isinstance(unit, Part))
            answer = write_batch([self._answer(each) for each in parts], status=200)
        else:
            answer = self._answer(Call(request.method, path, query))
        if len(self.asked) < self.most_remembered:
            caller = request.headers.get("callerobjectid")
            steps = tuple((each.method, each.path) for each in parts)
            self.asked.append((request.method, path, caller, steps))
        return Response(
            status=answer.status, headers=tuple(answer.headers.items()), body=answer.body
        )

    def _answer(self, call: Call) -> Answer:
        table, _, rest = call.path.partition("(")
        if call.method == "PATCH":
            if call.headers.get("If-None-Match") != "*":
                return json_answer({"error": {"message": "only new rows"}}, status=501)
            return self._created(table, rest.rstrip(")"), call)
        if table == "cht_focussegments":
            return self._segments(call)
        return _rows(self._found(table, call.options))

    def _found(self, table: str, options: Mapping[str, str]) -> list[Shown]:
        """Return the rows of a table that are not made up as they are asked for."""
        condition = options.get("$filter", options.get("$apply", ""))
        match table:
            case "cht_automatictimes" if "$apply" in options:
                return list(self._sums(condition))
            case "cht_automatictimes":
                return list(self._recorded(condition))
            case "cht_casehandlingtimes":
                known = (self.totals.get(each) for each in ID.findall(condition))
                return [row for row in known if row]
            case "systemusers":
                return [_user(each) for each in ID.findall(condition)]
            case "incidents":
                return [_case(each, options) for each in ID.findall(condition)]
            case _:
                return []

    def _created(self, table: str, key: str, call: Call) -> Answer:
        columns = json.loads(call.body)
        case = ID.findall(columns.pop("cht_CaseId@odata.bind"))[0]
        row: Shown = {"@odata.etag": 'W/"1"', "_cht_caseid_value": case}
        if table == "cht_casehandlingtimes":
            self.totals[key] = {**row, "cht_casehandlingtimeid": key, **columns}
        else:
            whose = ID.findall(columns.pop("cht_RepresentativeId@odata.bind"))[0]
            row |= {"cht_automatictimeid": key, "_cht_representativeid_value": whose}
            day = row | {"cht_recordedoncase": None, **columns}
            self._days[whose, columns["cht_day"]][key] = day
            self._seconds[case][whose] += columns["cht_trackedseconds"]
        where = f"{API}{table}({key})"
        return Answer(204, {"OData-EntityId": where, "Location": where})

    def _recorded(self, condition: str) -> Iterator[Shown]:
        for whose, days in WORK_DAYS.findall(condition):
            for day in DAY.findall(days):
                yield from self._days.get((whose, day), {}).values()

    def _sums(self, condition: str) -> Iterator[Shown]:
        for case in ID.findall(condition):
            for whose, seconds in self._seconds[case].items():
                yield {
                    "_cht_caseid_value": case,
                    "_cht_representativeid_value": whose,
                    "seconds": seconds,
                    "lastseen": WRITTEN_ON,
                }

    def _segments(self, call: Call) -> Answer:
        options = call.options
        person = number_of(options["partitionId"])
        first, page = int(options.get("$skiptoken", "0")), LIMITS.elastic_page_rows
        days = map(date.fromisoformat, DAY.findall(options["$filter"]))
        of_days = [row for day in days for row in _segment_rows(person, day)]
        link = f"{call.query.partition('&$skiptoken')[0]}&$skiptoken={first + page}"
        more = f"{call.path}?{link}" if first + page < len(of_days) else None
        return _rows(of_days[first : first + page], more)


def _segment_rows(person: int, day: date) -> Iterator[Shown]:
    whose = str(representative_id(person))
    for number, each in enumerate(segments_on(person, day)):
        started_on = f"{each.start:%Y-%m-%dT%H:%M:%SZ}"
        yield {
            "@odata.etag": f'W/"8e{number:06d}-0000-0200-0000-69b007c00000"',
            "cht_focussegmentid": str(each.id),
            "_cht_caseid_value": str(each.case),
            "_cht_representativeid_value": whose,
            "cht_focusstartedon": started_on,
            "cht_startedon": started_on,
            "cht_endedon": f"{each.end:%Y-%m-%dT%H:%M:%SZ}",
            "cht_day": day.isoformat(),
            "cht_endreason": None,
            "cht_surface": None,
            "cht_windowid": None,
            "createdon": WRITTEN_ON,
            "_createdby_value": SYSTEM,
            "_ownerid_value": whose,
            "_createdonbehalfby_value": None,
            "versionnumber": 639087408001000000 + number,
            "partitionid": whose,
            "_owningbusinessunit_value": UNIT,
        }


def _user(row_id: str) -> Shown:
    sign_in = sign_in_of(number_of(row_id))
    return {"systemuserid": row_id, "azureactivedirectoryobjectid": str(sign_in)}


def _case(row_id: str, options: Mapping[str, str]) -> Shown:
    """Return what is asked for of a case without a title, which was not merged into another."""
    row: Shown = {"incidentid": row_id, "merged": False}
    return {column: row.get(column) for column in options["$select"].split(",")}


def _rows(rows: list[Shown], next_link: str | None = None) -> Answer:
    return json_answer({"value": rows} | ({"@odata.nextLink": next_link} if next_link else {}))


def main() -> None:
    with HttpServer() as server:
        server.start(StandIn(most_remembered=0).handle)
        announce(server.port)
        wait_for_parent()


if __name__ == "__main__":
    main()
