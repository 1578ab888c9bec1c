/** Whether a case runs, as Dataverse tells the form and as this device learned last. */

import type { Timers } from "./courier";
import type { StopReason } from "./gateway";

/** Why a case does not run; null for an active one. */
export type CaseState = Exclude<StopReason, "tracking_disabled"> | null;

export interface CaseStates {
  /** Ask through the form's own session. Rejects where that gets no answer. */
  ask(caseId: string): Promise<CaseState>;
  /** Return what this device learned last; undefined, if nothing. */
  recall(caseId: string): Promise<CaseState | undefined>;
  remember(caseId: string, state: CaseState): Promise<void>;
}

/** The column of a case that tells its state. */
export const STATE_COLUMN = "statecode";

export function caseStateOf({
  [STATE_COLUMN]: state,
}: Readonly<Record<string, unknown>>): CaseState {
  if (state === 1) {
    return "case_resolved";
  }
  return state === 2 ? "case_cancelled" : null; // a state that nobody knows counts
}

/** Forms are shown anew for many reasons, at times several in a second. */
const SPACING_MS = 2_000;

export interface WatchParts {
  readonly states: CaseStates;
  readonly timers: Timers;
  readonly now: () => number;
}

/** Watches one case for one form. `learned` is told each answer, and the moment it was asked for: a
 *  case that was resolved meanwhile ran until then, and not until the answer came. */
export class CaseStateWatch {
  #known: CaseState | undefined;
  #askedAt = -Infinity;
  #isAsking = false;
  #isOutdated = false;

  public constructor(
    private readonly parts: WatchParts,
    private readonly caseId: string,
    private readonly learned: (state: CaseState, at: number) => void,
  ) {}

  /** Somebody who knows has answered since the form was opened. */
  public get isKnown(): boolean {
    return this.#known !== undefined;
  }

  /** The case may be in another state now. */
  public check(): void {
    this.#isOutdated = true;
    if (!this.#isAsking) {
      this.#isAsking = true;
      const wait = this.#askedAt + SPACING_MS - this.parts.now();
      if (wait > 0) {
        this.parts.timers.after(wait, () => void this.#ask());
      } else {
        void this.#ask();
      }
    }
  }

  /** Remember what is known of the case, for when nobody can be asked. */
  public know(state: CaseState): void {
    if (state !== this.#known) {
      this.#known = state;
      this.parts.states.remember(this.caseId, state).catch(() => undefined);
    }
  }

  async #ask(): Promise<void> {
    const { states, now } = this.parts;
    const askedAt = (this.#askedAt = now());
    this.#isOutdated = false;
    try {
      const state = await states.ask(this.caseId);
      this.know(state);
      this.learned(state, askedAt);
    } catch {
      // What the device knows holds while nobody can be asked. What is not known counts: the service
      // judges what was recorded.
      const state = await states.recall(this.caseId).catch(() => undefined);
      if (state !== undefined && !this.isKnown) {
        this.learned(state, askedAt);
      }
    }
    this.#isAsking = false;
    if (this.#isOutdated) {
      this.check();
    }
  }
}
