/** The case on one form: what its widget shows, and what happens when she does something there. */

import type { Correspondent } from "./courier";
import {
  type CaseAnswer,
  type CaseTime,
  GatewayError,
  type History,
  type Receipt,
  type Representative,
  type Section,
  type Segment,
  type StopReason,
  type Surface,
  type TimeLogValues,
} from "./gateway";
import type { Call } from "./gatewayChoice";
import { pageAppended } from "./historyPages";
import type { Desk } from "./desk";
import { secondsOf } from "./timeline";
import type { CaseWidget, HistoryState, Phase, StoppedWhy, WidgetState } from "./widget";

const NO_HISTORY: HistoryState = { open: false, loading: false, failed: false, lists: undefined };

export class CaseForm implements CaseWidget, Correspondent {
  public session: string | undefined;
  public shown = false;
  public shownOrder = 0;
  public reportedAt = -Infinity;
  public stopped: StopReason | "starting" | null;
  /** From when on the case does not run, where that was before anybody noticed. */
  public stoppedAt: number | undefined;

  #phase: Phase;
  #running = false;
  #stoppedWhy: StoppedWhy | null = "starting";
  #time: CaseTime | undefined;
  #uncountedSeconds = 0;
  #refusedSeconds = 0;
  #refusedReason: string | null = null;
  #refreshing = false;
  #people: readonly Representative[] | undefined;
  #history = NO_HISTORY;
  #pendingLog: { readonly content: string; readonly id: string } | undefined;
  #current: WidgetState | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #tickListeners = new Set<() => void>();

  public constructor(
    private readonly desk: Desk,
    public caseId: string | undefined,
    private disabled: boolean,
  ) {
    this.#phase = caseId === undefined ? "unsaved" : "loading";
    this.stopped = disabled ? "starting" : null;
  }

  public get surface(): Surface {
    return this.desk.surface();
  }

  /** The form tells which case it shows; a new case has an id from its first save on. */
  public showCase(caseId: string | undefined): void {
    if (caseId === this.caseId) {
      return;
    }
    this.desk.page.interrupt(this, "navigation");
    this.caseId = caseId;
    this.#phase = caseId === undefined ? "unsaved" : "loading";
    this.stopped = this.disabled ? "starting" : null;
    this.stoppedAt = undefined;
    this.#time = undefined;
    this.#people = undefined;
    this.#history = NO_HISTORY;
    [this.#uncountedSeconds, this.#refusedSeconds, this.#refusedReason] = [0, 0, null];
    this.changed();
    this.desk.page.look();
    if (caseId !== undefined && !this.#running) {
      void this.desk.page.report(this, "refresh");
    }
  }

  /** The form became read-only or editable, as it does when its case is resolved or reactivated:
   *  the service knows which, and what has run meanwhile ends where it became so. */
  public setDisabled(disabled: boolean): void {
    if (disabled === this.disabled) {
      return;
    }
    this.disabled = disabled;
    if (disabled && this.#running) {
      this.stoppedAt = this.desk.now();
    }
    if (this.caseId !== undefined) {
      void this.desk.page.report(this, "refresh", true);
    }
  }

  /** The page decided whether this case runs, and if not, why. */
  public stand(running: boolean, why: StoppedWhy | null): void {
    if (running !== this.#running || why !== this.#stoppedWhy) {
      this.#running = running;
      this.#stoppedWhy = why;
      this.changed();
    }
  }

  public tick(): void {
    this.#tickListeners.forEach((listener) => {
      listener();
    });
  }

  public take(answer: CaseAnswer): void {
    if (
      answer.tracking.state === "stopped" &&
      this.#phase !== "ready" &&
      this.#time === undefined
    ) {
      this.stoppedAt ??= -Infinity; // it was not running when the form was opened
    }
    this.stopped = answer.tracking.state === "stopped" ? answer.tracking.reason : null;
    if (this.stopped === null) {
      this.stoppedAt = undefined;
    }
    if (answer.time !== null) {
      this.#time = answer.time;
      this.#uncountedSeconds = answer.time.stale ? this.#uncountedSeconds : 0;
    }
    const first = this.#phase !== "ready";
    this.#phase = "ready";
    this.desk.takeSettings(answer.settings);
    this.changed();
    this.desk.page.look();
    if (first) {
      void this.#loadPeople();
    } else if (this.#history.open) {
      void this.#loadHistory();
    }
  }

  public fail(error: GatewayError): void {
    if (error.failure === "forbidden" || error.failure === "missing") {
      this.#phase = "forbidden";
      this.stopped = "starting";
      this.stoppedAt ??= this.desk.now();
      this.desk.page.look();
    } else if (error.failure === "refused") {
      this.#phase = this.#time === undefined ? "failed" : this.#phase;
    } else if (this.#phase === "loading") {
      this.#phase = "ready"; // it counts all the same, and says that nobody answers
    }
    this.changed();
  }

  /** A segment of this case was settled. Until an answer about the case comes, no figure has it. */
  public settled(receipt: Receipt, segment: Segment): void {
    if (receipt.status !== "rejected") {
      this.#uncountedSeconds += secondsOf(segment);
    } else if (receipt.reason !== "empty") {
      this.#refusedSeconds += secondsOf(segment);
      this.#refusedReason = receipt.reason;
    }
    this.changed();
  }

  /** Something that all forms show has changed, such as what waits. */
  public changed(): void {
    this.#current = undefined;
    this.#listeners.forEach((listener) => {
      listener();
    });
  }

  public state(): WidgetState {
    this.#current ??= this.#composed();
    return this.#current;
  }

  public subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  public onTick(listener: () => void): () => void {
    this.#tickListeners.add(listener);
    return () => this.#tickListeners.delete(listener);
  }

  public ownSeconds(): { readonly total: number; readonly automatic: number } {
    const here = this.caseId === undefined ? 0 : this.desk.page.unsettledSeconds(this.caseId);
    const extra = this.#uncountedSeconds + here;
    return {
      total: (this.#time?.mine.totalSeconds ?? 0) + extra,
      automatic: (this.#time?.mine.automaticSeconds ?? 0) + extra,
    };
  }

  public async refresh(): Promise<void> {
    this.#refreshing = true;
    this.changed();
    this.desk.page.cut("refresh");
    try {
      await this.desk.page.report(this, "refresh", true);
      await Promise.all([this.#loadPeople(), this.#history.lists && this.#loadHistory()]);
    } finally {
      this.#refreshing = false;
      this.changed();
    }
  }

  public async signIn(): Promise<void> {
    await this.desk.signIn();
    await this.refresh();
  }

  public setHistoryOpen(open: boolean): void {
    this.#history = { ...this.#history, open };
    this.changed();
    if (open) {
      void this.#loadHistory();
    }
  }

  public async loadMore(section: Section): Promise<void> {
    const { lists } = this.#history;
    const cursor = lists?.[section]?.nextCursor;
    if (lists === undefined || typeof cursor !== "string") {
      return;
    }
    const more = await this.desk.gateway.ask((each) =>
      each.history(this.#known(), section, cursor),
    );
    this.#history = { ...this.#history, lists: pageAppended(lists, more) };
    this.changed();
  }

  public async addTimeLog(values: TimeLogValues): Promise<void> {
    // The same values again are the same log: an answer may have been lost.
    const content = JSON.stringify(values);
    const id = this.#pendingLog?.content === content ? this.#pendingLog.id : this.desk.newId();
    this.#pendingLog = { content, id };
    await this.#edit((each) => each.addTimeLog(this.#known(), id, values));
    this.#pendingLog = undefined;
  }

  public changeTimeLog(id: string, values: TimeLogValues): Promise<void> {
    return this.#edit((each) => each.changeTimeLog(this.#known(), id, values));
  }

  public voidTimeLog(id: string): Promise<void> {
    return this.#edit((each) => each.voidTimeLog(this.#known(), id));
  }

  public restoreTimeLog(id: string): Promise<void> {
    return this.#edit((each) => each.restoreTimeLog(this.#known(), id));
  }

  /** What runs and waits is recorded first: the new time takes the place of all of it. */
  public async correctOwnTime(durationSeconds: number, reason: string): Promise<void> {
    await this.refresh();
    await this.#edit((each) => each.correctOwnTime(this.#known(), durationSeconds, reason));
  }

  /** Change something, then show what came of it. Only the change itself may fail. */
  async #edit(change: Call<unknown>): Promise<void> {
    await this.desk.gateway.ask(change);
    await this.refresh().catch(() => undefined);
  }

  #composed(): WidgetState {
    const shared = this.desk.shared();
    return {
      ...shared,
      phase: this.#phase,
      running: this.#running,
      stoppedWhy: this.#stoppedWhy,
      time: this.#time,
      waiting: {
        ...shared.waiting,
        refusedSeconds: this.#refusedSeconds,
        refusedReason: this.#refusedReason,
      },
      refreshing: this.#refreshing,
      people: this.#people,
      history: this.#history,
    };
  }

  #known(): string {
    if (this.caseId === undefined) {
      throw new GatewayError("missing", "the case is not saved yet");
    }
    return this.caseId;
  }

  async #loadPeople(): Promise<void> {
    if (!this.desk.gateway.abilities.everyone) {
      return;
    }
    try {
      this.#people = await this.desk.gateway.ask((each) => each.representatives(this.#known()));
    } catch {
      return; // the faces stay as they were; the figures say how things stand
    }
    this.changed();
  }

  async #loadHistory(): Promise<void> {
    this.#history = { ...this.#history, loading: true, failed: false };
    this.changed();
    let lists: History | undefined = this.#history.lists;
    let failed = false;
    try {
      lists = await this.desk.gateway.ask((each) => each.history(this.#known()));
    } catch {
      failed = true;
    }
    this.#history = { open: this.#history.open, loading: false, failed, lists };
    this.changed();
  }
}
