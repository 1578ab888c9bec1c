/** Time without the service: rows written through the form's own session, for environments whose
 *  content policy lets nothing else through. Dataverse's roles are the judge. A representative can
 *  read only her own rows, so only her own figures can be shown; her evidence of the days this page
 *  wrote to is summed here, since nobody has worked it out yet.
 */

import { secondsForCase } from "./allocation";
import { caseStateOf, STATE_COLUMN } from "../CaseTime/core/caseState";
import { dayOf } from "../CaseTime/core/days";
import { ABILITIES_WITHOUT_SERVICE } from "../CaseTime/core/gatewayChoice";
import { DEFAULT_SETTINGS } from "../CaseTime/core/defaults";
import {
  type AutomaticTime,
  type CallOptions,
  type CaseAnswer,
  type CaseReport,
  type CaseTime,
  type Delivery,
  GatewayError,
  type History,
  type Page,
  type Receipt,
  type Representative,
  type SecondsByKind,
  type Segment,
  type Settings,
  type TimeGateway,
  type TimeLogValues,
  type TrackingState,
} from "../CaseTime/core/gateway";
import * as rows from "./tables";

/** The form's own session. Rejects with a `GatewayError`. */
export interface FormSession {
  readonly me: rows.Person;
  /** Create a row; tells when its id is taken. `keepalive` lets the call outlive the page. */
  create(table: string, row: rows.Row, keepalive: boolean): Promise<"created" | "duplicate">;
  update(table: string, id: string, row: rows.Row): Promise<void>;
  /** All rows of a query such as `?$select=…`. */
  find(table: string, query: string): Promise<readonly rows.Row[]>;
  row(table: string, id: string, columns: string): Promise<rows.Row>;
  /** A setting as it is in force for the app: a text, or undefined if there is none. */
  setting(name: string): Promise<string | undefined>;
}

/** Each segment is a request of its own. */
const MOST_AT_ONCE = 20;
const SETTINGS_FOR_MS = 60_000;
const KEPT_DAYS = 90;

interface KnownSettings {
  readonly settings: Settings;
  readonly keptDays: number;
  readonly readAt: number;
}

export class RowsGateway implements TimeGateway {
  public readonly abilities = ABILITIES_WITHOUT_SERVICE;
  #known: KnownSettings | undefined;
  readonly #writtenDays = new Set<string>();

  public constructor(
    private readonly session: FormSession,
    private readonly now: () => number,
  ) {}

  public async report(report: CaseReport, options: CallOptions = {}): Promise<CaseAnswer> {
    const delivered = this.deliver(report, options);
    const [receipts, { settings }] = [await delivered, await this.#settings()];
    const tracking = await this.#tracking(report.caseId, settings);
    return { tracking, settings, receipts, time: await this.#time(report.caseId, settings) };
  }

  public async deliver(delivery: Delivery, options: CallOptions = {}): Promise<readonly Receipt[]> {
    const batch = delivery.segments.slice(0, MOST_AT_ONCE);
    const keepalive = options.keepalive ?? false;
    const known = keepalive ? (this.#known ?? this.#unread()) : await this.#settings();
    return Promise.all(batch.map((segment) => this.#record(segment, known, keepalive)));
  }

  public async history(caseId: string): Promise<History> {
    const { settings } = await this.#settings();
    const { me } = this.session;
    const [automatic, logs, activities] = await Promise.all([
      this.#automaticTime(caseId, settings),
      this.session.find("cht_timelog", rows.MINE.timeLogs(me, caseId)),
      this.session.find("activitypointer", rows.MINE.activities(me, caseId)),
    ]);
    const page = <T>(items: readonly T[]): Page<T> => ({ items, nextCursor: null });
    const worked = automatic.seconds > 0 || automatic.adjustments.length > 0;
    return {
      scope: "mine",
      automaticTime: page(worked ? [automatic] : []),
      timeLogs: page(logs.map((row) => rows.timeLogOf(row, me))),
      activities: page(activities.map((row) => rows.activityOf(row, me))),
    };
  }

  public representatives(): Promise<readonly Representative[]> {
    return Promise.resolve([]);
  }

  public correctOwnTime(): Promise<CaseTime> {
    return Promise.reject(new GatewayError("signIn", "corrections need the service"));
  }

  public async addTimeLog(caseId: string, id: string, values: TimeLogValues): Promise<void> {
    const { settings } = await this.#settings();
    if (!settings.timeLogsAllowed) {
      throw new GatewayError("forbidden", "time logs are off");
    }
    const row = rows.newTimeLogRow(caseId, id, values, this.session.me);
    await this.session.create("cht_timelog", row, false);
  }

  public async changeTimeLog(_case: string, id: string, values: TimeLogValues): Promise<void> {
    await this.session.update("cht_timelog", id, rows.timeLogRow(values));
  }

  public async voidTimeLog(_case: string, id: string): Promise<void> {
    await this.session.update("cht_timelog", id, rows.timeLogState(true));
  }

  public async restoreTimeLog(_case: string, id: string): Promise<void> {
    await this.session.update("cht_timelog", id, rows.timeLogState(false));
  }

  async #record(
    segment: Segment,
    { settings, keptDays }: KnownSettings,
    keepalive: boolean,
  ): Promise<Receipt> {
    const { id } = segment;
    if (!settings.handlingTimeEnabled) {
      return { id, status: "rejected", reason: "tracking_disabled" };
    }
    const zone = settings.reportingTimeZone;
    const row = rows.segmentRow(segment, this.session.me, zone, keptDays);
    try {
      const outcome = await this.session.create("cht_focussegment", row, keepalive);
      this.#writtenDays.add(rows.text(row, "cht_day"));
      return { id, status: outcome === "created" ? "accepted" : "duplicate", reason: null };
    } catch (error) {
      const failure = error instanceof GatewayError ? error.failure : undefined;
      if (failure === "forbidden") {
        return { id, status: "rejected", reason: "not_allowed" };
      }
      if (failure === "missing") {
        return { id, status: "rejected", reason: "case_not_found" };
      }
      if (failure === "refused") {
        return { id, status: "rejected", reason: "invalid" };
      }
      throw error;
    }
  }

  async #tracking(caseId: string, settings: Settings): Promise<TrackingState> {
    const row = await this.session.row("incident", caseId, STATE_COLUMN);
    const reason = settings.handlingTimeEnabled ? caseStateOf(row) : "tracking_disabled";
    return { state: reason === null ? "running" : "stopped", reason };
  }

  async #time(caseId: string, settings: Settings): Promise<CaseTime> {
    const { me } = this.session;
    const [automatic, logs, activities] = await Promise.all([
      this.#automaticTime(caseId, settings),
      this.session.find("cht_timelog", rows.MINE.timeLogs(me, caseId)),
      this.session.find("activitypointer", rows.MINE.activities(me, caseId)),
    ]);
    const logged = logs.map((row) => rows.timeLogOf(row, me)).filter(isActive);
    const timeLogsSeconds = 60 * sum(logged.map(({ minutes }) => minutes));
    const spent = activities.map((row) => rows.activityOf(row, me));
    const activitiesSeconds = 60 * sum(spent.map(({ minutes }) => minutes));
    const manualSeconds = timeLogsSeconds + activitiesSeconds;
    const mine: SecondsByKind = {
      totalSeconds: automatic.seconds + manualSeconds,
      automaticSeconds: automatic.seconds,
      manualSeconds,
      timeLogsSeconds,
      activitiesSeconds,
    };
    const updated = this.now();
    const next = updated + 60_000 * settings.updateIntervalMinutes;
    const [updatedAt, nextUpdateAt] = [new Date(updated), new Date(next)].map((moment) =>
      moment.toISOString(),
    ) as [string, string];
    return { ...mine, caseId, scope: "mine", mine, updatedAt, nextUpdateAt, stale: false };
  }

  /** Recorded days, and from the evidence today and the days that this page wrote to. */
  async #automaticTime(caseId: string, settings: Settings): Promise<AutomaticTime> {
    const { me } = this.session;
    const today = dayOf(this.now(), settings.reportingTimeZone);
    const days = [...new Set([...this.#writtenDays, today])];
    const [recorded, evidence, corrections] = await Promise.all([
      this.session.find("cht_automatictime", rows.MINE.automaticTime(me, caseId)),
      this.session.find("cht_focussegment", rows.MINE.segments(me, days)),
      this.session.find("cht_timeadjustment", rows.MINE.adjustments(me, caseId)),
    ]);
    const earlier = recorded.filter(
      (row) => !days.includes(rows.text(row, "cht_day").slice(0, 10)),
    );
    const trackedSeconds =
      sum(earlier.map((row) => rows.number(row, "cht_trackedseconds"))) +
      secondsForCase(evidence.map(rows.segmentOf), caseId);
    const adjustedSeconds = sum(corrections.map((row) => rows.number(row, "cht_deltaseconds")));
    return {
      representativeId: me.id,
      name: me.name,
      mine: true,
      seconds: Math.max(0, trackedSeconds + adjustedSeconds),
      trackedSeconds,
      adjustedSeconds,
      updatedAt: new Date(this.now()).toISOString(),
      adjustments: corrections.map((row) => ({
        id: rows.text(row, "cht_timeadjustmentid"),
        deltaSeconds: rows.number(row, "cht_deltaseconds"),
        fromSeconds: rows.number(row, "cht_fromseconds"),
        toSeconds: rows.number(row, "cht_toseconds"),
        reason: rows.text(row, "cht_reason"),
        at: rows.text(row, "createdon"),
      })),
    };
  }

  async #settings(): Promise<KnownSettings> {
    if (this.#known === undefined || this.now() - this.#known.readAt > SETTINGS_FOR_MS) {
      const names = Object.keys(DEFAULT_TEXTS);
      const values = await Promise.all(names.map((name) => this.session.setting(name)));
      const found = Object.fromEntries(names.map((name, place) => [name, values[place]]));
      this.#known = { ...settingsOf(found), readAt: this.now() };
    }
    return this.#known;
  }

  /** A page that leaves cannot wait for settings it never read. */
  #unread(): KnownSettings {
    return { settings: DEFAULT_SETTINGS, keptDays: KEPT_DAYS, readAt: 0 };
  }
}

const DEFAULT_TEXTS = {
  cht_HandlingTimeEnabled: "true",
  cht_UpdateIntervalMinutes: "10",
  cht_MyTimeVisible: "true",
  cht_TimeLogsAllowed: "true",
  cht_IdleLimitMinutes: "0",
  cht_ReportingTimeZone: "UTC",
  cht_SegmentRetentionDays: String(KEPT_DAYS),
};

type SettingTexts = Readonly<Partial<Record<keyof typeof DEFAULT_TEXTS, string | undefined>>>;

function settingsOf(texts: SettingTexts): Omit<KnownSettings, "readAt"> {
  const value = (name: keyof typeof DEFAULT_TEXTS): string => texts[name] ?? DEFAULT_TEXTS[name];
  const whole = (name: keyof typeof DEFAULT_TEXTS, least: number, most: number): number =>
    Math.min(most, Math.max(least, Math.trunc(Number(value(name))) || least));
  return {
    keptDays: whole("cht_SegmentRetentionDays", 1, 3_650),
    settings: {
      handlingTimeEnabled: value("cht_HandlingTimeEnabled") !== "false",
      updateIntervalMinutes: whole("cht_UpdateIntervalMinutes", 10, 60),
      myTimeVisible: value("cht_MyTimeVisible") !== "false",
      timeLogsAllowed: value("cht_TimeLogsAllowed") !== "false",
      idleLimitMinutes: whole("cht_IdleLimitMinutes", 0, 1_440),
      reportingTimeZone: value("cht_ReportingTimeZone"),
    },
  };
}

function isActive(log: { readonly status: string }): boolean {
  return log.status === "active";
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
