/** A service that keeps what it is sent, as ours does: a known id is a duplicate whatever it says. */

import {
  type CaseAnswer,
  type CaseReport,
  type CaseTime,
  type Delivery,
  GatewayError,
  type History,
  type Receipt,
  type Representative,
  type Segment,
  type StopReason,
} from "../../CaseTime/core/gateway";
import { DEFAULT_SETTINGS } from "../../CaseTime/core/defaults";
import type { SignedInGateway } from "../../CaseTime/core/gatewayChoice";
import { wireTime } from "../../CaseTime/core/timeline";
import { secondsForCase } from "../../rows/allocation";

const HER: Representative = {
  representativeId: "dddddddd-0000-4000-8000-000000000000",
  name: "Amira (test)",
  imageUrl: null,
  mine: true,
  seconds: {
    totalSeconds: 600,
    automaticSeconds: 600,
    manualSeconds: 0,
    timeLogsSeconds: 0,
    activitiesSeconds: 0,
  },
  lastSeen: null,
};

/** What may go wrong with a call: before its effect, or after it, so that only the answer is lost. */
export type Fault = "before" | "after" | "signIn" | "refused" | "forbidden" | "missing";

export class FakeService implements SignedInGateway {
  public readonly abilities = { everyone: true, correction: true };
  public readonly segments = new Map<string, Segment>();
  public readonly calls: { readonly what: string; readonly segments: number }[] = [];
  public settings = DEFAULT_SETTINGS;
  public stopped: Readonly<Record<string, StopReason>> = {};
  public refuse: (segment: Segment) => string | undefined = () => undefined;
  public fault: () => Fault | undefined = () => undefined;
  /** The id of a segment that is wrong in itself. */
  public wrong: string | undefined;
  public retryAfterSeconds: number | undefined;
  public prepared = 0;
  public held: Promise<void> | undefined;
  public now: () => number = () => 0;
  /** The cases of which was asked who worked on them. */
  public readonly asked: string[] = [];
  public readonly logs: { readonly id: string; readonly minutes: number }[] = [];

  public secondsOf(caseId: string): number {
    return secondsForCase([...this.segments.values()], caseId);
  }

  public report(report: CaseReport): Promise<CaseAnswer> {
    return this.call(report.event, report.segments, (receipts) => ({
      receipts,
      settings: this.settings,
      tracking: this.tracking(report.caseId),
      time: this.time(report.caseId),
    }));
  }

  public deliver(delivery: Delivery): Promise<readonly Receipt[]> {
    return this.call("deliver", delivery.segments, (receipts) => receipts);
  }

  public history(): Promise<History> {
    return this.call("history", [], () => ({
      scope: "everyone",
      automaticTime: { items: [], nextCursor: null },
      timeLogs: { items: [], nextCursor: null },
      activities: { items: [], nextCursor: null },
    }));
  }

  public representatives(caseId: string): Promise<readonly Representative[]> {
    this.asked.push(caseId);
    return Promise.resolve(this.secondsOf(caseId) > 0 ? [HER] : []);
  }

  public correctOwnTime(caseId: string): Promise<CaseTime> {
    return this.call("correct", [], () => this.time(caseId));
  }

  public addTimeLog(_case: string, id: string, values: { minutes: number }): Promise<void> {
    return this.call("addTimeLog", [], () => {
      if (!this.logs.some((log) => log.id === id)) {
        this.logs.push({ id, minutes: values.minutes });
      }
    });
  }

  public changeTimeLog(): Promise<void> {
    return Promise.resolve();
  }

  public voidTimeLog(): Promise<void> {
    return Promise.resolve();
  }

  public restoreTimeLog(): Promise<void> {
    return Promise.resolve();
  }

  public signIn(): Promise<void> {
    return Promise.resolve();
  }

  public prepare(): Promise<void> {
    this.prepared += 1;
    return Promise.resolve();
  }

  private async call<T>(
    what: string,
    segments: readonly Segment[],
    answer: (receipts: readonly Receipt[]) => T,
  ): Promise<T> {
    this.calls.push({ what, segments: segments.length });
    const fault = this.fault();
    await this.held;
    if (fault !== undefined && fault !== "after") {
      throw this.error(fault);
    }
    if (segments.some(({ id }) => id === this.wrong)) {
      throw new GatewayError("refused", "not valid", { field: "segments[0].endedAt" });
    }
    const receipts = segments.map((segment) => this.receipt(segment));
    const given = answer(receipts);
    if (fault === "after") {
      throw this.error(fault);
    }
    return given;
  }

  private error(fault: Fault): GatewayError {
    const failure = fault === "before" || fault === "after" ? "unreachable" : fault;
    const { retryAfterSeconds } = this;
    return new GatewayError(
      failure,
      fault,
      retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
    );
  }

  private receipt(segment: Segment): Receipt {
    const { id } = segment;
    const reason = this.refuse(segment);
    if (reason !== undefined) {
      return { id, status: "rejected", reason };
    }
    if (this.segments.has(id)) {
      return { id, status: "duplicate", reason: null };
    }
    this.segments.set(id, segment);
    return { id, status: "accepted", reason: null };
  }

  private tracking(caseId: string): CaseAnswer["tracking"] {
    const reason = this.stopped[caseId] ?? null;
    return { state: reason === null ? "running" : "stopped", reason };
  }

  private time(caseId: string): CaseTime {
    const automaticSeconds = this.secondsOf(caseId);
    const seconds = {
      totalSeconds: automaticSeconds,
      automaticSeconds,
      manualSeconds: 0,
      timeLogsSeconds: 0,
      activitiesSeconds: 0,
    };
    const updatedAt = wireTime(this.now());
    const scope = "everyone";
    return {
      ...seconds,
      caseId,
      scope,
      mine: seconds,
      updatedAt,
      nextUpdateAt: updatedAt,
      stale: false,
    };
  }
}
