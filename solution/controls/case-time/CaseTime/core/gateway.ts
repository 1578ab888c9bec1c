/** What the widget asks of whoever keeps the time, and the shapes of the answers.
 *
 *  Moments are ms since the epoch unless a name ends in `At`: those are RFC 3339 texts in UTC, as on
 *  the wire. Lengths are whole seconds (`…Seconds`) or minutes (`minutes`).
 */

export type Surface = "workspace" | "hub" | "inbox";

/** One span of focus as it goes over the wire; evidence, never changed once it is finished. */
export interface Segment {
  readonly id: string;
  readonly caseId: string;
  readonly focusStartedAt: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly endReason: string;
  readonly surface: Surface;
  readonly windowId: string;
}

export type ReceiptStatus = "accepted" | "duplicate" | "clamped" | "queued" | "rejected";

/** What became of one segment; whoever holds it lets go of it now. */
export interface Receipt {
  readonly id: string;
  readonly status: ReceiptStatus;
  readonly reason: string | null;
}

export type StopReason = "case_resolved" | "case_cancelled" | "tracking_disabled";

/** Why a case does not run; no reason for one that runs. */
export interface TrackingState {
  readonly state: "running" | "stopped";
  readonly reason: StopReason | null;
}

/** The administrators' settings as they are in force for this app. */
export interface Settings {
  readonly handlingTimeEnabled: boolean;
  readonly updateIntervalMinutes: number;
  readonly myTimeVisible: boolean;
  readonly timeLogsAllowed: boolean;
  readonly idleLimitMinutes: number;
  readonly reportingTimeZone: string;
}

export interface SecondsByKind {
  readonly totalSeconds: number;
  readonly automaticSeconds: number;
  readonly manualSeconds: number;
  readonly timeLogsSeconds: number;
  readonly activitiesSeconds: number;
}

/** A case's time; with scope `mine` the outer figures are the caller's own too. */
export interface CaseTime extends SecondsByKind {
  readonly caseId: string;
  readonly scope: "everyone" | "mine";
  readonly mine: SecondsByKind;
  readonly updatedAt: string;
  readonly nextUpdateAt: string;
  readonly stale: boolean;
}

export interface CaseAnswer {
  readonly tracking: TrackingState;
  readonly settings: Settings;
  readonly receipts: readonly Receipt[];
  readonly time: CaseTime | null;
}

export type CaseEvent = "gained" | "lost" | "refresh";

/** Tells that focus came or went or an interval is over, and delivers what is finished. */
export interface CaseReport {
  readonly event: CaseEvent;
  readonly caseId: string;
  readonly sentAt: string;
  readonly segments: readonly Segment[];
  readonly surface: Surface;
}

export interface Delivery {
  readonly sentAt: string;
  readonly segments: readonly Segment[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** A correction of somebody's own automatic time. */
export interface Adjustment {
  readonly id: string;
  readonly deltaSeconds: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly reason: string;
  readonly at: string;
}

/** A representative's automatic time on the case. */
export interface AutomaticTime {
  readonly representativeId: string;
  readonly name: string | null;
  readonly mine: boolean;
  readonly seconds: number;
  readonly trackedSeconds: number;
  readonly adjustedSeconds: number;
  readonly updatedAt: string | null;
  readonly adjustments: readonly Adjustment[];
}

/** 0 Research, 1 Collaboration, 2 External tool, 3 Miscellaneous. */
export type Category = 0 | 1 | 2 | 3;

/** `loggedOn` is a day such as 2026-03-10. */
export interface TimeLogValues {
  readonly minutes: number;
  readonly category: Category;
  readonly note: string;
  readonly loggedOn: string;
}

export interface TimeLog extends TimeLogValues {
  readonly id: string;
  readonly representativeId: string;
  readonly name: string | null;
  readonly mine: boolean;
  readonly status: "active" | "voided";
  readonly createdAt: string;
}

export interface Activity {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly representativeId: string;
  readonly name: string | null;
  readonly mine: boolean;
  readonly minutes: number;
  readonly status: string;
  readonly at: string;
}

export type Section = "automaticTime" | "timeLogs" | "activities";

/** The lists that were asked for; the others are null. */
export interface History {
  readonly scope: "everyone" | "mine";
  readonly automaticTime: Page<AutomaticTime> | null;
  readonly timeLogs: Page<TimeLog> | null;
  readonly activities: Page<Activity> | null;
}

/** `imageUrl` is relative to the environment. */
export interface Representative {
  readonly representativeId: string;
  readonly name: string | null;
  readonly imageUrl: string | null;
  readonly mine: boolean;
  readonly seconds: SecondsByKind;
  readonly lastSeen: string | null;
}

/** What a gateway cannot do is not offered to the representative. */
export interface Abilities {
  readonly everyone: boolean;
  readonly correction: boolean;
}

/** `keepalive` lets a call outlive the page; such a call must be started without waiting. */
export interface CallOptions {
  readonly keepalive?: boolean;
}

/** Whoever keeps the time. Every method rejects with a `GatewayError`. */
export interface TimeGateway {
  readonly abilities: Abilities;
  report(report: CaseReport, options?: CallOptions): Promise<CaseAnswer>;
  deliver(delivery: Delivery, options?: CallOptions): Promise<readonly Receipt[]>;
  history(caseId: string, section?: Section, cursor?: string): Promise<History>;
  representatives(caseId: string): Promise<readonly Representative[]>;
  correctOwnTime(caseId: string, durationSeconds: number, reason: string): Promise<CaseTime>;
  addTimeLog(caseId: string, id: string, values: TimeLogValues): Promise<void>;
  changeTimeLog(caseId: string, id: string, values: TimeLogValues): Promise<void>;
  voidTimeLog(caseId: string, id: string): Promise<void>;
  restoreTimeLog(caseId: string, id: string): Promise<void>;
}

/** One class per decision the widget can take:
 *
 *      unreachable   no answer, 429 or 5xx: the same call may work later, after `retryAfterSeconds`
 *      signIn        there is no token to be had without the representative's help
 *      blocked       the environment's content policy forbids the call: another gateway is needed
 *      forbidden     she may not do this, or not see this case
 *      missing       the case or the entry is not there (any more)
 *      refused       the request is wrong in itself; `field` names the place if the server did
 */
export type Failure = "unreachable" | "signIn" | "blocked" | "forbidden" | "missing" | "refused";

export class GatewayError extends Error {
  public constructor(
    public readonly failure: Failure,
    message: string,
    public readonly detail: {
      readonly retryAfterSeconds?: number | undefined;
      readonly field?: string | undefined;
    } = {},
  ) {
    super(message);
    this.name = "GatewayError";
  }
}
