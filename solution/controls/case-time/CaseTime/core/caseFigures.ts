/** The figures of a case on one form: what the last answer told, and what came since. Made anew for
 *  each case. */

import type { CaseTime, Receipt, Representative, Segment } from "./gateway";
import { secondsOf } from "./timeline";

export class CaseFigures {
  public time: CaseTime | undefined;
  public refusedSeconds = 0;
  public refusedReason: string | null = null;
  #uncountedSeconds = 0;

  public take(time: CaseTime): void {
    this.time = time;
    if (!time.stale) {
      this.#uncountedSeconds = 0;
    }
  }

  /** A segment was settled. Until an answer about the case comes, no figure has it. */
  public settled({ status, reason }: Receipt, segment: Segment): void {
    const seconds = secondsOf(segment);
    if (status !== "rejected") {
      this.#uncountedSeconds += status === "duplicate" ? 0 : seconds; // it was counted before
    } else if (reason !== "empty") {
      this.refusedSeconds += seconds;
      this.refusedReason = reason;
    }
  }

  /** Their own seconds, with those that no segment was settled for yet. */
  public own(unsettledSeconds: number): { readonly total: number; readonly automatic: number } {
    const extra = this.#uncountedSeconds + unsettledSeconds;
    const mine = this.time?.mine;
    return {
      total: (mine?.totalSeconds ?? 0) + extra,
      automatic: (mine?.automaticSeconds ?? 0) + extra,
    };
  }

  /** There is time of somebody who is not among these people. */
  public isMissed(people: readonly Representative[] | undefined): boolean {
    const { time } = this;
    return (
      !!time?.totalSeconds &&
      (!people?.length || (time.mine.totalSeconds > 0 && !people.some(({ mine }) => mine)))
    );
  }
}
