"""Somebody works in Dataverse, and Dataverse tells the functions of it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import requests

from tests.api.harness import Api, Clock, a_log, reported
from tests.mock_dataverse.app import ADMIN_TOKEN, MockDataverse
from tests.mock_dataverse.people import User
from tests.mock_dataverse.webhooks import Webhook

WEBHOOK = "webhooks/dataverse"
EVENTS, TOTALS = "case-events", "reconcile"


@dataclass(frozen=True, slots=True)
class Desk:
    """An administrator at the Web API, and the way of what Dataverse tells about it."""

    api: Api
    mock: MockDataverse

    def does(self, method: str, path: str, body: object = None) -> None:
        """Call the Web API; it must go well."""
        answer = requests.request(
            method,
            f"{self.mock.base_url}/api/data/v9.2/{path}",
            json=body,
            headers={"Authorization": f"Bearer {ADMIN_TOKEN}"},
            timeout=5,
        )
        assert answer.ok, answer.text

    def resolves(self, case: UUID) -> None:
        resolution = {
            "@odata.type": "Microsoft.Dynamics.CRM.incidentresolution",
            "subject": "Solved",
            "incidentid@odata.bind": f"/incidents({case})",
        }
        self.does("POST", "CloseIncident", {"IncidentResolution": resolution, "Status": 5})

    def reactivates(self, case: UUID) -> None:
        self.does("PATCH", f"incidents({case})", {"statecode": 0, "statuscode": 1})

    def cancels(self, case: UUID) -> None:
        self.does("PATCH", f"incidents({case})", {"statecode": 2, "statuscode": 6})

    def merges(self, case: UUID, *, into: UUID) -> None:
        cases = {
            name: {"@odata.type": "Microsoft.Dynamics.CRM.incident", "incidentid": str(which)}
            for name, which in (("Target", into), ("Subordinate", case))
        }
        self.does("POST", "Merge", {**cases, "PerformParentingChecks": False})

    def deletes(self, case: UUID) -> None:
        self.does("DELETE", f"incidents({case})")

    def restores(self, case: UUID) -> None:
        """Bring a case back from the recycle bin."""
        target = {"@odata.type": "Microsoft.Dynamics.CRM.incident", "incidentid": str(case)}
        self.does("POST", "Restore", {"Target": target})

    def adds_task(self, case: UUID, minutes: int) -> UUID:
        task = uuid4()
        body = {"subject": "Call back", "actualdurationminutes": minutes, **regarding(case)}
        self.does("PATCH", f"tasks({task})", body)
        return task

    def tell(self, *webhooks: Webhook) -> list[int]:
        """Send webhooks to the functions; without any, all that wait. Return the statuses."""
        return [self.post(each) for each in webhooks] or self.mock.deliver_webhooks(self.post)

    def post(self, webhook: Webhook) -> int:
        return self.api.call("POST", WEBHOOK, webhook.body, headers=webhook.headers).status

    def work_off(self) -> None:
        """Run the queue functions until nothing waits."""
        self.api.work_off_queue(EVENTS)
        self.api.work_off_queue(TOTALS)

    def settle(self) -> None:
        """Have everything told and worked off."""
        self.tell()
        self.work_off()

    @property
    def totals(self) -> dict[str, object]:
        """The total seconds of each case that has a total."""
        rows = self.mock.rows("cht_casehandlingtime")
        return {str(row["_cht_caseid_value"]): row["cht_totalseconds"] for row in rows}

    @property
    def snapshots(self) -> list[tuple[object, object]]:
        """Version and total seconds of every snapshot, by version."""
        rows = self.mock.rows("cht_handlingtimesnapshot")
        return sorted((row["cht_version"], row["cht_totalseconds"]) for row in rows)


def regarding(case: UUID) -> dict[str, str]:
    return {"regardingobjectid_incident_task@odata.bind": f"/incidents({case})"}


def work_on_both(desk: Desk, clock: Clock, case: UUID, other: UUID, user: User) -> None:
    """Ten minutes on the one, five on the other, with an overlap; a log and a task on the first."""
    clock.advance(minutes=20)
    desk.api.deliver(
        reported(case, 0, 600, id=UUID(int=1)),
        reported(other, 300, 900, id=UUID(int=2), window="window-2"),
        user=user,
    )
    desk.mock.add_row("cht_timelog", a_log(case, user))
    desk.adds_task(case, 5)
