/** The one way from a page to whoever keeps the time: one call after the other, each bringing along
 *  what waits in the outbox. A call that fails is made again later and later, until it is settled.
 */

import { backoffSeconds } from "./backoff";
import {
  type CaseAnswer,
  type CaseEvent,
  type CaseReport,
  type GatewayError,
  type Segment,
  type Surface,
} from "./gateway";
import { asGatewayError, Delivery, type DeliverySurroundings } from "./delivery";
import { wireTime } from "./timeline";

/** What fits into the 64 KiB that may outlive a page, with room for headers. */
const MOST_IN_A_LAST_CALL = 120;

/** Calls that nobody waits for keep this distance, so that hasty switching makes few of them. */
const SPACING_MS = 2_000;

/** After a case lost the focus, another may get it in the same breath: then one call tells both. */
const SUCCESSION_MS = 300;

export interface Timers {
  /** Run something once after so many ms; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** A form as the courier knows it: who wants an answer about which case. */
export interface Correspondent {
  readonly caseId: string | undefined;
  readonly surface: Surface;
  take(answer: CaseAnswer): void;
  fail(error: GatewayError): void;
}

export interface Surroundings extends DeliverySurroundings {
  readonly timers: Timers;
  readonly chance: () => number;
  /** Settles when it is known as what calls are made; those that cannot wait are made before. */
  readonly ready: Promise<unknown>;
  /** How long a call that nobody looks at keeps its distance; 0 while the page is visible. */
  readonly restMs: () => number;
  readonly changed: () => void;
}

interface Pending {
  readonly caseId: string;
  event: CaseEvent;
  urgent: boolean;
  readonly waiters: { resolve: () => void; reject: (error: GatewayError) => void }[];
}

export class Courier {
  readonly #pending = new Map<Correspondent, Pending>();
  readonly #leaving = new Set<string>();
  #busy = false;
  #failures = 0;
  #notBefore = -Infinity;
  #askedUntil = -Infinity;
  #heldUntil = -Infinity;
  #startedAt = -Infinity;
  readonly #delivery: Delivery;
  #cancelTimer: (() => void) | undefined;

  readonly #around: Surroundings;

  public constructor(around: Surroundings) {
    this.#around = around;
    this.#delivery = new Delivery(around);
  }

  /** The last call got no answer. */
  public get failing(): boolean {
    return this.#failures > 0;
  }

  /** Tell what happened to a case and get its time. Resolves with the answer taken; an urgent one
   *  waits for nothing but the call before it. */
  public report(form: Correspondent, event: CaseEvent, urgent = false): Promise<void> {
    const { caseId } = form;
    if (caseId === undefined) {
      return Promise.resolve();
    }
    if (event === "gained") {
      this.#forgetLosses(form);
    }
    this.#heldUntil = event === "lost" ? this.#around.now() + SUCCESSION_MS : -Infinity;
    const before = this.#pending.get(form);
    const pending: Pending = before ?? { caseId, event, urgent, waiters: [] };
    pending.event = event === "refresh" && before?.event === "gained" ? "gained" : event;
    pending.urgent ||= urgent;
    this.#pending.set(form, pending);
    const answered = new Promise<void>((resolve, reject) => {
      pending.waiters.push({ resolve, reject });
    });
    answered.catch(() => undefined); // most callers do not wait
    this.pump();
    return answered;
  }

  /** Send what waits, if anything does and a call may be made. */
  public pump(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#busy) {
      return;
    }
    const next = this.#next();
    const waits = this.#around.outbox.waiting().some(({ id }) => !this.#leaving.has(id));
    if (next === undefined && !waits) {
      return;
    }
    const wait = this.#dueAt(next?.[1].urgent ?? false) - this.#around.now();
    if (wait > 0) {
      this.#cancelTimer = this.#around.timers.after(wait, () => {
        this.pump();
      });
      return;
    }
    this.#busy = true;
    this.#startedAt = this.#around.now();
    void this.#send().then(() => {
      this.#busy = false;
      this.pump();
    });
  }

  /** The network is back: do not wait any longer. */
  public hurry(): void {
    this.#notBefore = -Infinity;
    this.pump();
  }

  /** Send what waits in a call that outlives the page; it starts before this returns. */
  public flush(form: Correspondent | undefined): void {
    const segments = this.#around.outbox
      .waiting()
      .filter(({ id }) => !this.#leaving.has(id))
      .slice(0, MOST_IN_A_LAST_CALL);
    if (segments.length === 0) {
      return;
    }
    for (const { id } of segments) {
      this.#leaving.add(id);
    }
    this.#startedAt = this.#around.now();
    const done = (): void => {
      for (const { id } of segments) {
        this.#leaving.delete(id);
      }
      this.pump();
    };
    this.#lastCall(form, segments).then(done, done);
  }

  /** A form is gone, or its case: nobody waits for the answer. */
  public forget(form: Correspondent): void {
    release(this.#pending.get(form));
    this.#pending.delete(form);
  }

  #lastCall(form: Correspondent | undefined, segments: readonly Segment[]): Promise<void> {
    const { gateway } = this.#around;
    const keepalive = { keepalive: true };
    const caseId = form?.caseId;
    if (form === undefined || caseId === undefined) {
      return this.#delivery.hand(segments, keepalive);
    }
    const report = this.#reportOf(form, caseId, "lost", segments);
    return gateway
      .ask((each) => each.report(report, keepalive))
      .then((answer) => {
        this.#take(form, caseId, answer, segments);
      });
  }

  #forgetLosses(gaining: Correspondent): void {
    for (const [form, pending] of this.#pending) {
      if (form !== gaining && pending.event === "lost") {
        this.forget(form);
      }
    }
  }

  #next(): [Correspondent, Pending] | undefined {
    const all = [...this.#pending];
    return all.find(([, pending]) => pending.urgent) ?? all[0];
  }

  /** The service's own wish holds for everybody; all else only for calls that nobody waits for. */
  #dueAt(urgent: boolean): number {
    const rested = this.#startedAt + Math.max(SPACING_MS, this.#around.restMs());
    const patient = Math.max(rested, this.#notBefore, this.#heldUntil);
    return urgent ? this.#askedUntil : Math.max(patient, this.#askedUntil);
  }

  async #send(): Promise<void> {
    await this.#around.ready;
    const next = this.#next();
    const segments = this.#delivery.next();
    try {
      if (next === undefined) {
        await this.#delivery.deliver(segments);
      } else {
        this.#pending.delete(next[0]);
        await this.#tell(...next, segments);
      }
      this.#failures = 0;
      this.#notBefore = -Infinity;
    } catch (error) {
      const failure = asGatewayError(error);
      this.#failures += 1;
      const now = this.#around.now();
      this.#notBefore = now + 1000 * backoffSeconds(this.#failures, this.#around.chance());
      this.#askedUntil = now + 1000 * (failure.detail.retryAfterSeconds ?? 0);
    }
    this.#around.changed();
  }

  /** Report, and hand over the answer. Rejects only with what may work later. */
  async #tell(form: Correspondent, pending: Pending, segments: readonly Segment[]): Promise<void> {
    const { caseId, event } = pending;
    const report = this.#reportOf(form, caseId, event, segments);
    try {
      const answer = await this.#around.gateway.ask((each) => each.report(report));
      this.#take(form, caseId, answer, segments);
      release(pending);
    } catch (error) {
      const failure = asGatewayError(error);
      if (form.caseId === caseId) {
        form.fail(failure);
      }
      pending.waiters.forEach(({ reject }) => {
        reject(failure);
      });
      const again = mayWorkLater(failure);
      if (form.caseId === caseId && (again || (failure.failure === "refused" && segments.length))) {
        const waiting = { caseId, event, urgent: false, waiters: [] };
        this.#pending.set(form, this.#pending.get(form) ?? waiting);
      }
      if (again) {
        throw failure;
      }
      // Its segments have no receipt yet: they go alone, and whatever is wrong with them shows.
      await this.#delivery.deliver(segments);
    }
  }

  /** The form may show another case by now. */
  #take(
    form: Correspondent,
    caseId: string,
    answer: CaseAnswer,
    segments: readonly Segment[],
  ): void {
    this.#delivery.settle(answer.receipts, segments, caseId);
    if (form.caseId === caseId) {
      form.take(answer);
    }
  }

  #reportOf(
    form: Correspondent,
    caseId: string,
    event: CaseEvent,
    segments: readonly Segment[],
  ): CaseReport {
    const sentAt = wireTime(this.#around.now());
    return { event, caseId, sentAt, segments, surface: form.surface };
  }
}

function mayWorkLater(error: GatewayError): boolean {
  return ["unreachable", "signIn", "blocked"].includes(error.failure);
}

function release(pending: Pending | undefined): void {
  pending?.waiters.forEach(({ resolve }) => {
    resolve();
  });
}
