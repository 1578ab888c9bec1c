/** The case on one form: what its widget shows, and what happens when she does something there. */

import type { Correspondent } from "./courier";
import {
  type CaseAnswer,
  GatewayError,
  type Receipt,
  type Section,
  type Segment,
  type StopReason,
  type Surface,
  type TimeGateway,
  type TimeLogValues,
} from "./gateway";
import { CaseFigures } from "./caseFigures";
import { CaseRecords } from "./caseRecords";
import { type CaseState, CaseStateWatch } from "./caseState";
import type { Desk } from "./desk";
import type { CaseWidget, Phase, StoppedWhy, WidgetState } from "./widget";

export class CaseForm implements CaseWidget, Correspondent {
  public session: string | undefined;
  public isShown: () => boolean = () => false;
  public shown = false;
  public shownOrder = 0;
  public reportedAt = -Infinity;
  public stopped: StopReason | "starting" | null = null;
  /** From when on the case does not run, where that was before anybody noticed. */
  public stoppedAt: number | undefined;

  #phase!: Phase;
  #running = false;
  #stoppedWhy: StoppedWhy | null = "starting";
  #figures!: CaseFigures;
  #refreshing = false;
  #records!: CaseRecords;
  #watch: CaseStateWatch | undefined;
  #pendingLog: { readonly content: string; readonly id: string } | undefined;
  #current: WidgetState | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #tickListeners = new Set<() => void>();

  readonly #desk: Desk;

  public constructor(
    desk: Desk,
    public caseId: string | undefined,
  ) {
    this.#desk = desk;
    this.#begin();
  }

  /** Nothing is known of the case yet, and she waits for it. */
  public get isLoading(): boolean {
    return this.#phase === "loading";
  }

  public get surface(): Surface {
    return this.#desk.surface();
  }

  /** The form tells which case it shows; a new case has an id from its first save on. */
  public showCase(caseId: string | undefined): void {
    if (caseId === this.caseId) {
      return;
    }
    this.#desk.page.interrupt(this, "navigation");
    this.caseId = caseId;
    this.stopped = null;
    this.stoppedAt = undefined;
    this.#begin();
    this.changed();
    this.#desk.page.look();
    if (!this.#running) {
      void this.#ask();
    }
  }

  /** The form was refreshed: its case may have been resolved or reactivated. */
  public checkState(): void {
    this.#watch?.check();
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
    this.stopped = answer.tracking.reason;
    if (this.stopped === null) {
      this.stoppedAt = undefined;
    } else if (this.isLoading && this.#watch?.isKnown === false) {
      this.stoppedAt ??= -Infinity; // it was not running when the form was opened
    }
    if (this.stopped !== "tracking_disabled") {
      this.#watch?.know(this.stopped);
    }
    if (answer.time !== null) {
      this.#figures.take(answer.time);
    }
    const first = this.#phase !== "ready";
    this.#phase = "ready";
    this.#desk.takeSettings(answer.settings);
    if (answer.time?.totalSeconds === 0) {
      this.#records.people ??= []; // nobody need be asked
    }
    this.changed();
    this.#desk.page.look();
    if (this.#figures.isMissed(this.#records.people)) {
      void this.#records.loadPeople();
    }
    if (!first && this.#records.history.open) {
      void this.#records.loadHistory();
    }
  }

  public fail(error: GatewayError): void {
    if (error.failure === "forbidden" || error.failure === "missing") {
      this.#phase = "forbidden";
      this.stopped = "starting";
      this.stoppedAt ??= this.#desk.now();
      this.#desk.page.look();
    } else if (error.failure === "refused") {
      this.#phase = this.#figures.time ? this.#phase : "failed";
    } else {
      this.checkState();
      if (this.isLoading) {
        this.#phase = "ready"; // it counts all the same, and says that nobody answers
      }
    }
    this.changed();
  }

  public settled(receipt: Receipt, segment: Segment): void {
    this.#figures.settled(receipt, segment);
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
    const { caseId } = this;
    return this.#figures.own(caseId === undefined ? 0 : this.#desk.page.unsettledSeconds(caseId));
  }

  public async refresh(): Promise<void> {
    if (this.caseId === undefined) {
      return;
    }
    this.#refreshing = true;
    this.changed();
    this.#desk.page.cut("refresh");
    try {
      await this.#ask();
      await this.#records.reload();
    } finally {
      this.#refreshing = false;
      this.changed();
    }
  }

  public async signIn(): Promise<void> {
    await this.#desk.gateway.signIn();
    await this.refresh();
  }

  public setHistoryOpen(open: boolean): void {
    this.#records.setOpen(open);
  }

  public loadMore(section: Section): Promise<void> {
    return this.#records.loadMore(section);
  }

  public async addTimeLog(values: TimeLogValues): Promise<void> {
    // The same values again are the same log: an answer may have been lost.
    const content = JSON.stringify(values);
    const id = this.#pendingLog?.content === content ? this.#pendingLog.id : this.#desk.newId();
    this.#pendingLog = { content, id };
    await this.#edit((gateway, caseId) => gateway.addTimeLog(caseId, id, values));
    this.#pendingLog = undefined;
  }

  public changeTimeLog(id: string, values: TimeLogValues): Promise<void> {
    return this.#edit((gateway, caseId) => gateway.changeTimeLog(caseId, id, values));
  }

  public voidTimeLog(id: string): Promise<void> {
    return this.#edit((gateway, caseId) => gateway.voidTimeLog(caseId, id));
  }

  public restoreTimeLog(id: string): Promise<void> {
    return this.#edit((gateway, caseId) => gateway.restoreTimeLog(caseId, id));
  }

  /** What runs and waits is recorded first: the new time takes the place of all of it. */
  public async correctOwnTime(durationSeconds: number, reason: string): Promise<void> {
    await this.refresh();
    await this.#edit((gateway, caseId) => gateway.correctOwnTime(caseId, durationSeconds, reason));
  }

  /** Change something, then show what came of it. Only the change itself may fail. */
  async #edit(change: (gateway: TimeGateway, caseId: string) => Promise<unknown>): Promise<void> {
    const { caseId } = this;
    if (caseId === undefined) {
      throw new GatewayError("missing", "not saved yet");
    }
    await this.#desk.gateway.ask((gateway) => change(gateway, caseId));
    await this.refresh().catch(() => undefined);
  }

  /** Have the case's time at once. */
  #ask(): Promise<void> {
    return this.#desk.page.report(this, "refresh", true);
  }

  #composed(): WidgetState {
    const shared = this.#desk.shared();
    const { time, refusedSeconds, refusedReason } = this.#figures;
    return {
      ...shared,
      phase: this.#phase,
      running: this.#running,
      stoppedWhy: this.#stoppedWhy,
      time,
      waiting: { ...shared.waiting, refusedSeconds, refusedReason },
      refreshing: this.#refreshing,
      people: this.#records.people,
      history: this.#records.history,
    };
  }

  /** Nothing is known of the case yet. */
  #begin(): void {
    const { caseId } = this;
    this.#phase = caseId === undefined ? "unsaved" : "loading";
    this.#figures = new CaseFigures();
    this.#records = new CaseRecords(this.#desk.gateway, caseId, () => {
      this.changed();
    });
    this.#watch =
      caseId === undefined
        ? undefined
        : new CaseStateWatch(this.#desk.ground, caseId, (state, at) => {
            if (this.caseId === caseId) {
              this.#learn(state, at);
            }
          });
  }

  /** Dataverse or this device told the case's state; what else stops it is the service's to tell. */
  #learn(state: CaseState, at: number): void {
    const isOther = this.stopped === "starting" || this.stopped === "tracking_disabled";
    if (state === this.stopped || isOther) {
      return;
    }
    this.stopped = state;
    this.stoppedAt = state === null ? undefined : at;
    this.#desk.page.look();
    this.changed();
    if (!this.isLoading) {
      void this.#ask();
    }
  }
}
