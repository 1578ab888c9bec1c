/** Our tables as the form's own session reads and writes them: the only place with column names.
 *
 *  Names and types are those of the solution's model.
 */

import { dayOf } from "../CaseTime/core/days";
import type {
  Activity,
  Category,
  Segment,
  Surface,
  TimeLog,
  TimeLogValues,
} from "../CaseTime/core/gateway";
import type { CountedSegment } from "./allocation";
import { wholeSeconds } from "../CaseTime/core/timeline";

export type Row = Readonly<Record<string, unknown>>;

/** The representative the form's session belongs to. */
export interface Person {
  readonly id: string;
  readonly name: string | null;
}

const SURFACES: Readonly<Record<Surface, number>> = { workspace: 0, hub: 1, inbox: 2 };
const SECONDS_A_DAY = 86_400;
const SPARE_DAYS = 2; // as the service keeps them: a day is made from all its evidence

export function segmentRow(segment: Segment, me: Person, zone: string, keptDays: number): Row {
  const [started, ended] = [Date.parse(segment.startedAt), Date.parse(segment.endedAt)];
  const startedOn = wholeSecond(segment.startedAt);
  return {
    cht_focussegmentid: segment.id,
    partitionid: me.id,
    ttlinseconds: (keptDays + SPARE_DAYS) * SECONDS_A_DAY,
    cht_name: `${startedOn} ${wholeSeconds(started, ended)} s`,
    "cht_CaseId@odata.bind": `/incidents(${segment.caseId})`,
    "cht_RepresentativeId@odata.bind": `/systemusers(${me.id})`,
    cht_focusstartedon: wholeSecond(segment.focusStartedAt),
    cht_startedon: startedOn,
    cht_endedon: wholeSecond(segment.endedAt),
    cht_day: dayOf(started, zone),
    cht_endreason: segment.endReason,
    cht_surface: SURFACES[segment.surface],
    cht_windowid: segment.windowId,
  };
}

export function timeLogRow(values: TimeLogValues): Row {
  return {
    cht_name: values.loggedOn,
    cht_minutes: values.minutes,
    cht_category: values.category,
    cht_note: values.note,
    cht_loggedon: values.loggedOn,
  };
}

export function newTimeLogRow(caseId: string, id: string, values: TimeLogValues, me: Person): Row {
  return {
    ...timeLogRow(values),
    cht_timelogid: id,
    "cht_CaseId@odata.bind": `/incidents(${caseId})`,
    "cht_RepresentativeId@odata.bind": `/systemusers(${me.id})`,
  };
}

/** A voided log is an inactive row. */
export function timeLogState(voided: boolean): Row {
  return voided ? { statecode: 1, statuscode: 2 } : { statecode: 0, statuscode: 1 };
}

export const MINE = {
  segments: (me: Person, days: readonly string[]) =>
    query(
      "cht_focussegmentid,_cht_caseid_value,cht_focusstartedon,cht_startedon,cht_endedon",
      `partitionid eq '${me.id}' and (${days.map((day) => `cht_day eq ${day}`).join(" or ")})`,
    ),
  automaticTime: (me: Person, caseId: string) =>
    query("cht_trackedseconds,cht_day,modifiedon", own(me, caseId)),
  adjustments: (me: Person, caseId: string) =>
    query(
      "cht_timeadjustmentid,cht_deltaseconds,cht_fromseconds,cht_toseconds,cht_reason,createdon",
      own(me, caseId),
      "createdon desc",
    ),
  timeLogs: (me: Person, caseId: string) =>
    query(
      "cht_timelogid,cht_minutes,cht_category,cht_note,cht_loggedon,statecode,createdon",
      own(me, caseId),
      "cht_loggedon desc,createdon desc",
    ),
  activities: (me: Person, caseId: string) =>
    query(
      "activityid,activitytypecode,subject,actualdurationminutes,statecode,createdon",
      `_regardingobjectid_value eq ${caseId} and _ownerid_value eq ${me.id}` +
        " and activitytypecode ne 'incidentresolution'",
      "createdon desc",
    ),
};

/** Ask for the row that has the id of another, in its partition. */
export function theSame(table: string, row: Row): string {
  const key = `${table}id`;
  const partition = "partitionid" in row ? ` and partitionid eq '${text(row, "partitionid")}'` : "";
  return query(key, `${key} eq ${text(row, key)}${partition}`);
}

export function segmentOf(row: Row): CountedSegment {
  return {
    id: text(row, "cht_focussegmentid"),
    caseId: text(row, "_cht_caseid_value"),
    focusStartedAt: text(row, "cht_focusstartedon"),
    startedAt: text(row, "cht_startedon"),
    endedAt: text(row, "cht_endedon"),
  };
}

export function timeLogOf(row: Row, me: Person): TimeLog {
  return {
    id: text(row, "cht_timelogid"),
    representativeId: me.id,
    name: me.name,
    mine: true,
    minutes: number(row, "cht_minutes"),
    category: number(row, "cht_category") as Category,
    note: text(row, "cht_note"),
    loggedOn: text(row, "cht_loggedon").slice(0, 10),
    status: number(row, "statecode") === 0 ? "active" : "voided",
    createdAt: text(row, "createdon"),
  };
}

const ACTIVITY_STATES = ["open", "completed", "canceled", "scheduled"];

export function activityOf(row: Row, me: Person): Activity {
  return {
    id: text(row, "activityid"),
    type: text(row, "activitytypecode"),
    subject: text(row, "subject"),
    representativeId: me.id,
    name: me.name,
    mine: true,
    minutes: number(row, "actualdurationminutes"),
    status: ACTIVITY_STATES[number(row, "statecode")] ?? "open",
    at: text(row, "createdon"),
  };
}

export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : "";
}

export function number(row: Row, column: string): number {
  const value = row[column];
  return typeof value === "number" ? value : 0;
}

function own(me: Person, caseId: string): string {
  return `_cht_caseid_value eq ${caseId} and _cht_representativeid_value eq ${me.id}`;
}

function query(columns: string, filter: string, order?: string): string {
  const sorted = order === undefined ? "" : `&$orderby=${order}`;
  return `?$select=${columns}&$filter=${encodeURIComponent(filter)}${sorted}`;
}

function wholeSecond(moment: string): string {
  return `${new Date(Math.floor(Date.parse(moment) / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}
