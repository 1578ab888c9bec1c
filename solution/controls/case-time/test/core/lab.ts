/** A page in a laboratory: virtual time, signals set by hand, a service that keeps what it got. */

import type { CaseState, CaseStates } from "../../CaseTime/core/caseState";
import { GatewayChoice, type LoadedGateway } from "../../CaseTime/core/gatewayChoice";
import { Desk } from "../../CaseTime/core/desk";
import type { CaseForm } from "../../CaseTime/core/caseForm";
import type { PageView } from "../../CaseTime/core/page";
import type { SegmentStore, StoredSegment } from "../../CaseTime/core/outbox";
import { FakeService } from "./fakeService";

export const NINE = Date.parse("2026-03-10T09:00:00Z");
export const SECOND = 1_000;
export const MINUTE = 60_000;
export const A = "aaaaaaaa-0000-4000-8000-000000000000";
export const B = "bbbbbbbb-0000-4000-8000-000000000000";

/** What outlives a window: the store of a person's browser. */
export class FakeStore implements SegmentStore {
  public durable = true;
  public failing = false;
  public readonly rows = new Map<string, StoredSegment>();

  public load(): Promise<readonly StoredSegment[]> {
    return this.answer(() => [...this.rows.values()]);
  }

  public put(entries: readonly StoredSegment[]): Promise<void> {
    return this.answer(() => {
      entries.forEach((entry) => this.rows.set(entry.segment.id, entry));
    });
  }

  public remove(ids: readonly string[]): Promise<void> {
    return this.answer(() => {
      ids.forEach((id) => this.rows.delete(id));
    });
  }

  private answer<T>(work: () => T): Promise<T> {
    return this.failing ? Promise.reject(new Error("quota")) : Promise.resolve(work());
  }
}

/** The states of cases as the form's session tells them, and as a device remembers them. */
export class FakeStates implements CaseStates {
  public reachable = true;
  public held: Promise<void> | undefined;
  public asked = 0;
  public told: Readonly<Record<string, CaseState>> = {};
  public readonly remembered = new Map<string, CaseState>();

  public async ask(caseId: string): Promise<CaseState> {
    this.asked += 1;
    const { reachable, told } = this;
    await this.held;
    if (!reachable) {
      throw new Error("no answer");
    }
    return told[caseId] ?? null;
  }

  public recall(caseId: string): Promise<CaseState | undefined> {
    return Promise.resolve(this.remembered.get(caseId));
  }

  public remember(caseId: string, state: CaseState): Promise<void> {
    this.remembered.set(caseId, state);
    return Promise.resolve();
  }
}

interface Options {
  readonly store?: FakeStore;
  readonly service?: FakeService;
  readonly states?: FakeStates;
  readonly startAt?: number;
  readonly windowId?: string;
  readonly rows?: LoadedGateway;
  readonly ready?: Promise<unknown>;
}

const NO_ROWS: LoadedGateway = {
  present: undefined,
  load: () => Promise.reject(new Error("no rows here")),
};

export class Lab {
  public readonly store: FakeStore;
  public readonly service: FakeService;
  public readonly states: FakeStates;
  public readonly desk: Desk;
  public online = true;
  public view: PageView = {
    visible: true,
    focused: true,
    frozen: false,
    session: undefined,
    carriesOn: false,
    surface: "workspace",
    caseInFront: undefined,
    inputAgoMs: 0,
  };
  private elapsed = 0;
  private touchedAt = 0;
  private ids = 0;
  private readonly timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  private timer = 0;

  public constructor(private readonly options: Options = {}) {
    this.store = options.store ?? new FakeStore();
    this.service = options.service ?? new FakeService();
    this.states = options.states ?? new FakeStates();
    this.service.now = () => this.now();
    this.desk = new Desk({
      now: () => this.now(),
      timers: { after: (ms, run) => this.after(ms, run) },
      chance: () => 1,
      newId: () => this.newId(),
      store: this.store,
      states: this.states,
      gateway: new GatewayChoice(this.service, options.rows ?? NO_ROWS, () => this.now()),
      view: () => ({ ...this.view, inputAgoMs: this.inputAgo() }),
      online: () => this.online,
      ready: options.ready ?? Promise.resolve(),
      windowId: options.windowId ?? "window",
    });
  }

  public now(): number {
    return (this.options.startAt ?? NINE) + this.elapsed;
  }

  /** Let Dataverse have a case in a state, for the service and the form's session alike. */
  public put(caseId: string, state: CaseState): void {
    this.service.stopped = state === null ? {} : { [caseId]: state };
    this.states.told = { [caseId]: state };
  }

  /** Open a case form in front of all others. */
  public open(caseId: string | undefined): CaseForm {
    const form = this.desk.open(caseId);
    form.checkState();
    form.isShown = () => true;
    this.desk.page.add(form);
    return form;
  }

  public show(form: CaseForm, shown = true): void {
    form.isShown = () => shown;
    this.desk.page.look();
  }

  public signal(change: Partial<PageView>): void {
    this.view = { ...this.view, ...change };
    this.desk.page.look();
  }

  public touch(): void {
    this.touchedAt = this.elapsed;
  }

  /** Let time pass with a living page: a tick each second, timers when they are due. */
  public async pass(ms: number): Promise<void> {
    await settled();
    const end = this.elapsed + ms;
    while (this.elapsed < end) {
      const step = Math.min(SECOND, end - this.elapsed);
      this.elapsed += step;
      await this.fire();
      if (step === SECOND) {
        this.desk.page.tick();
      }
      await settled();
    }
    await settled();
  }

  /** Let time pass while nothing runs at all: the lid is closed. */
  public async sleep(ms: number): Promise<void> {
    this.elapsed += ms;
    await this.fire();
    this.desk.page.tick();
    await settled();
  }

  /** Time passes and nothing of the page runs, not even when it is over. */
  public closeLid(ms: number): void {
    this.elapsed += ms;
  }

  /** Seconds that the service got for a case, each second once. */
  public recorded(caseId: string): number {
    return this.service.secondsOf(caseId);
  }

  private inputAgo(): number | undefined {
    return this.view.inputAgoMs === undefined ? undefined : this.elapsed - this.touchedAt;
  }

  private newId(): string {
    this.ids += 1;
    return `${this.options.windowId ?? "window"}-${String(this.ids).padStart(6, "0")}`;
  }

  private after(ms: number, run: () => void): () => void {
    const id = ++this.timer;
    this.timers.set(id, { at: this.elapsed + ms, run });
    return () => this.timers.delete(id);
  }

  private async fire(): Promise<void> {
    for (const [id, { at, run }] of [...this.timers]) {
      if (at <= this.elapsed && this.timers.delete(id)) {
        run();
        await settled();
      }
    }
  }
}

/** Let every promise that can be settled be settled. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) {
    await Promise.resolve();
  }
}
