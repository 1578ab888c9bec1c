import { describe, expect, it } from "vitest";
import { GatewayError, type Segment } from "../../CaseTime/core/gateway";
import { type FormSession, RowsGateway } from "../../rows/rowsGateway";
import type { Row } from "../../rows/tables";
import { checkQuery, checkRow } from "../dataverseNames";

const CASE = "aaaaaaaa-0000-4000-8000-000000000000";
const ME = { id: "11111111-0000-4000-8000-000000000000", name: "Amira (demo)" };
const NOON = Date.parse("2026-03-10T12:00:00Z");

/** The form's session with rows of its own; queries find a table's rows whatever they ask, as long
 *  as it has what they name. */
class Session implements FormSession {
  public readonly me = ME;
  public readonly created: { readonly table: string; readonly row: Row; keepalive: boolean }[] = [];
  public readonly updated: { readonly table: string; readonly id: string; readonly row: Row }[] =
    [];
  public tables: Readonly<Record<string, readonly Row[]>> = {};
  public settings: Readonly<Record<string, string>> = {};
  public caseState = 0;
  public fault: GatewayError | undefined;
  public taken: readonly string[] = [];

  public create(table: string, row: Row, keepalive: boolean): Promise<"created" | "duplicate"> {
    checkRow("create", table, row);
    if (this.fault !== undefined) {
      return Promise.reject(this.fault);
    }
    this.created.push({ table, row, keepalive });
    const known = this.taken.includes(String(row["cht_focussegmentid"]));
    return Promise.resolve(known ? "duplicate" : "created");
  }

  public update(table: string, id: string, row: Row): Promise<void> {
    checkRow("update", table, row);
    this.updated.push({ table, id, row });
    return Promise.resolve();
  }

  public find(table: string, query: string): Promise<readonly Row[]> {
    checkQuery(table, query);
    return Promise.resolve(this.tables[table] ?? []);
  }

  public row(table: string, _id: string, columns: string): Promise<Row> {
    checkQuery(table, `?$select=${columns}`);
    return Promise.resolve({ statecode: this.caseState });
  }

  public setting(name: string): Promise<string | undefined> {
    return Promise.resolve(this.settings[name]);
  }
}

const segment: Segment = {
  id: "22222222-0000-4000-8000-000000000000",
  caseId: CASE,
  focusStartedAt: "2026-03-10T11:00:00.900Z",
  startedAt: "2026-03-10T11:10:00.900Z",
  endedAt: "2026-03-10T11:20:30.100Z",
  endReason: "interval",
  surface: "inbox",
  windowId: "w",
};
const delivery = { sentAt: "2026-03-10T12:00:00Z", segments: [segment] };
const report = {
  ...delivery,
  event: "refresh",
  caseId: CASE,
  surface: "hub",
} as const;

describe("a segment without the service", () => {
  it("becomes the row that the service would have made of it", async () => {
    const session = new Session();
    session.settings = { cht_ReportingTimeZone: "Asia/Tokyo", cht_SegmentRetentionDays: "30" };

    const receipts = await new RowsGateway(session, () => NOON).deliver(delivery);

    expect(receipts).toEqual([{ id: segment.id, status: "accepted", reason: null }]);
    expect(session.created).toEqual([
      {
        table: "cht_focussegment",
        keepalive: false,
        row: {
          cht_focussegmentid: segment.id,
          partitionid: ME.id,
          ttlinseconds: 32 * 86_400,
          cht_name: "2026-03-10T11:10:00Z 630 s",
          "cht_CaseId@odata.bind": `/incidents(${CASE})`,
          "cht_RepresentativeId@odata.bind": `/systemusers(${ME.id})`,
          cht_focusstartedon: "2026-03-10T11:00:00Z",
          cht_startedon: "2026-03-10T11:10:00Z",
          cht_endedon: "2026-03-10T11:20:30Z",
          cht_day: "2026-03-10",
          cht_endreason: "interval",
          cht_surface: 2,
          cht_windowid: "w",
        },
      },
    ]);
  });

  it("is a duplicate where its id is taken", async () => {
    const session = new Session();
    session.taken = [segment.id];

    const [receipt] = await new RowsGateway(session, () => NOON).deliver(delivery);

    expect(receipt?.status).toBe("duplicate");
  });

  it("starts its way at once when the page leaves", () => {
    const session = new Session();

    void new RowsGateway(session, () => NOON).deliver(delivery, { keepalive: true });

    expect(session.created).toMatchObject([{ keepalive: true }]);
  });

  it.each([
    ["forbidden", "not_allowed"],
    ["missing", "case_not_found"],
    ["refused", "invalid"],
  ] as const)("that is %s is refused: %s", async (failure, reason) => {
    const session = new Session();
    session.fault = new GatewayError(failure, "no");

    const [receipt] = await new RowsGateway(session, () => NOON).deliver(delivery);

    expect(receipt).toMatchObject({ status: "rejected", reason });
  });

  it("keeps waiting where Dataverse does not answer", async () => {
    const session = new Session();
    session.fault = new GatewayError("unreachable", "no");

    await expect(new RowsGateway(session, () => NOON).deliver(delivery)).rejects.toMatchObject({
      failure: "unreachable",
    });
  });

  it("is not recorded while tracking is off", async () => {
    const session = new Session();
    session.settings = { cht_HandlingTimeEnabled: "false" };

    const answer = await new RowsGateway(session, () => NOON).report(report);

    expect(session.created).toEqual([]);
    expect(answer.receipts).toMatchObject([{ reason: "tracking_disabled" }]);
    expect(answer.tracking).toEqual({ state: "stopped", reason: "tracking_disabled" });
  });
});

describe("her own figures without the service", () => {
  it("are recorded days, today's evidence, corrections, logs and activities", async () => {
    const session = new Session();
    session.tables = {
      cht_automatictime: [
        { cht_day: "2026-03-09", cht_trackedseconds: 600 },
        { cht_day: "2026-03-10", cht_trackedseconds: 9_999 },
      ],
      cht_focussegment: [
        {
          cht_focussegmentid: segment.id,
          _cht_caseid_value: CASE,
          cht_focusstartedon: "2026-03-10T11:00:00Z",
          cht_startedon: "2026-03-10T11:10:00Z",
          cht_endedon: "2026-03-10T11:15:00Z",
        },
      ],
      cht_timeadjustment: [{ cht_deltaseconds: -60 }],
      cht_timelog: [
        { cht_minutes: 10, statecode: 0, cht_loggedon: "2026-03-10" },
        { cht_minutes: 50, statecode: 1, cht_loggedon: "2026-03-10" },
      ],
      activitypointer: [{ actualdurationminutes: 5 }],
    };

    const { time } = await new RowsGateway(session, () => NOON).report({ ...report, segments: [] });

    expect(time).toMatchObject({
      scope: "mine",
      automaticSeconds: 600 + 300 - 60,
      timeLogsSeconds: 600,
      activitiesSeconds: 300,
      totalSeconds: 840 + 900,
    });
  });

  it("tell that the case is resolved", async () => {
    const session = new Session();
    session.caseState = 1;

    const { tracking } = await new RowsGateway(session, () => NOON).report(report);

    expect(tracking).toEqual({ state: "stopped", reason: "case_resolved" });
  });

  it("follow the settings within their ranges", async () => {
    const session = new Session();
    session.settings = { cht_UpdateIntervalMinutes: "5", cht_TimeLogsAllowed: "false" };
    const gateway = new RowsGateway(session, () => NOON);

    const { settings } = await gateway.report(report);

    expect(settings).toMatchObject({ updateIntervalMinutes: 10, timeLogsAllowed: false });
    const values = { minutes: 5, category: 0, note: "", loggedOn: "2026-03-10" } as const;
    await expect(gateway.addTimeLog(CASE, "id", values)).rejects.toMatchObject({
      failure: "forbidden",
    });
  });
});

it("a voided log is an inactive row, and a restored one active again", async () => {
  const session = new Session();
  const gateway = new RowsGateway(session, () => NOON);

  await gateway.voidTimeLog(CASE, "log");
  await gateway.restoreTimeLog(CASE, "log");

  expect(session.updated.map(({ row }) => row)).toEqual([
    { statecode: 1, statuscode: 2 },
    { statecode: 0, statuscode: 1 },
  ]);
});
