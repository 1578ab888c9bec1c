/** One for each browser page: sees which case is worked on, lets the recorder run for it, and tells
 *  the forms and the courier. Every signal only makes it look again. */

import type { CaseForm } from "./caseForm";
import type { Courier } from "./courier";
import { decide } from "./decision";
import type { CaseEvent, Segment, Settings, Surface } from "./gateway";
import type { Outbox } from "./outbox";
import { LONGEST_PIECE_MS, type Recorder } from "./recorder";
import { secondsOf } from "./timeline";

/** How often the running piece is written down: what a killed browser loses at most. */
const BEAT_MS = 5_000;

/** How often a page that counts sees to it that it could send in its last moment. */
const PREPARE_MS = 60_000;

/** What can be seen of the page at this moment. `inputAgoMs` is undefined where input cannot be
 *  seen, as in a frame of another origin: then nobody is called idle. */
export interface PageView {
  readonly visible: boolean;
  readonly focused: boolean;
  readonly frozen: boolean;
  readonly session: string | undefined;
  readonly carriesOn: boolean;
  readonly surface: Surface;
  /** The case of the page in front, where the host tells: its form may show another tab than the
   *  one the widget is on. */
  readonly caseInFront: string | undefined;
  readonly inputAgoMs: number | undefined;
}

export interface PageParts {
  readonly recorder: Recorder;
  readonly outbox: Outbox;
  readonly courier: Courier;
  readonly now: () => number;
  readonly view: () => PageView;
  readonly settings: () => Settings;
  readonly prepare: () => void;
}

/** Why a focus ended, in the words that are kept with the evidence. */
const END_REASONS: Readonly<Record<string, string>> = {
  other_window: "blur",
  not_shown: "navigation",
};

export class Page {
  readonly #forms: CaseForm[] = [];
  #running: CaseForm | undefined;
  #shownOrder = 0;
  #beatAt = -Infinity;
  #adoptedAt = -Infinity;
  #preparedAt = -Infinity;
  readonly #recorder: Recorder;
  readonly #outbox: Outbox;
  readonly #courier: Courier;
  readonly #now: () => number;
  readonly #view: () => PageView;
  readonly #settings: () => Settings;
  readonly #prepare: () => void;

  public constructor(parts: PageParts) {
    this.#recorder = parts.recorder;
    this.#outbox = parts.outbox;
    this.#courier = parts.courier;
    this.#now = parts.now;
    this.#view = parts.view;
    this.#settings = parts.settings;
    this.#prepare = parts.prepare;
  }

  public get visible(): boolean {
    const { visible, frozen } = this.#view();
    return visible && !frozen;
  }

  public add(form: CaseForm): void {
    if (this.#forms.includes(form)) {
      return;
    }
    this.#forms.push(form);
    this.look();
    if (form !== this.#running) {
      void this.report(form, "refresh", form.isLoading);
    }
  }

  /** A form is gone: closed, navigated away from, or replaced by another. */
  public remove(form: CaseForm): void {
    const place = this.#forms.indexOf(form);
    if (place < 0) {
      return;
    }
    this.#forms.splice(place, 1);
    this.interrupt(form, "closed");
    this.look();
    this.#courier.pump();
  }

  /** Something may have changed. */
  public look(): void {
    const now = this.#now();
    const slept = this.#recorder.observe(now);
    if (slept !== undefined) {
      this.#finish(slept);
      this.#running = undefined;
    }
    const view = this.#view();
    this.#see(view);
    const idleMs = this.#settings().idleLimitMinutes * 60_000;
    const idle = idleMs > 0 && (view.inputAgoMs ?? 0) >= idleMs;
    const { running, why } = decide({ ...view, idle }, this.#forms);
    const next = running === undefined || this.#outbox.full ? undefined : this.#forms[running];
    if (next !== this.#running) {
      const reason = this.#running && why[this.#forms.indexOf(this.#running)];
      this.#turnTo(next, view, reason ?? "closed");
    }
    this.#forms.forEach((form, place) => {
      form.stand(form === next, why[place] ?? null);
    });
  }

  /** About once a second while the page lives; browsers make it rarer while it is hidden. */
  public tick(): void {
    this.look();
    const now = this.#now();
    const { session } = this.#view();
    this.#forms
      .filter(({ shown }) => shown)
      .forEach((form) => {
        form.session = session;
      });
    const interval = this.#settings().updateIntervalMinutes * 60_000;
    if (now - this.#adoptedAt >= interval) {
      this.#adoptedAt = now;
      void this.#adopt();
    }
    if (this.#running !== undefined && now - this.#preparedAt >= PREPARE_MS) {
      this.#preparedAt = now;
      this.#prepare();
    }
    this.#reportDue(now, interval);
    if (now - this.#beatAt >= BEAT_MS) {
      this.#journal();
    }
    this.#running?.tick();
  }

  /** Finish what runs up to now, so that a call can bring it along. */
  public cut(reason: string): void {
    const now = this.#now();
    if (this.#running !== undefined) {
      this.#finish(this.#recorder.cut(this.#certainUntil(now), reason));
      this.#journal();
    }
  }

  /** A form or its case is gone: what ran for it ends, and nobody waits for answers. */
  public interrupt(form: CaseForm, reason: string): void {
    this.#courier.forget(form);
    if (this.#running === form) {
      this.#finish(this.#recorder.end(this.#now(), reason));
      this.#running = undefined;
    }
  }

  /** The page goes away, perhaps for good. */
  public leave(): void {
    this.look();
    this.#courier.flush(undefined);
  }

  /** Tell about a form's case and get its time. */
  public report(form: CaseForm, event: CaseEvent, urgent?: boolean): Promise<void> {
    form.reportedAt = this.#now();
    return this.#courier.report(form, event, urgent);
  }

  /** Seconds of a case that run here or wait to be sent. */
  public unsettledSeconds(caseId: string): number {
    const waiting = this.#outbox
      .waiting()
      .filter((segment) => segment.caseId === caseId)
      .reduce((sum, segment) => sum + secondsOf(segment), 0);
    return waiting + this.#recorder.runningSeconds(caseId, this.#now());
  }

  #turnTo(next: CaseForm | undefined, view: PageView, reason: string): void {
    const previous = this.#running;
    let ended: readonly Segment[] = [];
    if (previous !== undefined) {
      const end = this.#endOf(previous, reason, view);
      ended = this.#recorder.end(end, END_REASONS[reason] ?? reason);
      this.#finish(ended);
    }
    this.#running = next;
    if (next?.caseId !== undefined) {
      this.#recorder.begin(next.caseId, view.surface, this.#now());
      this.#journal();
      void this.report(next, "gained", next.isLoading);
    } else if (previous !== undefined && (ended.length > 0 || previous.stopped === null)) {
      this.#tellLoss(previous, view); // a case that turned out not to run has lost nothing
    }
  }

  #tellLoss(form: CaseForm, view: PageView): void {
    if (view.visible && !view.frozen) {
      void this.report(form, "lost");
    } else {
      form.reportedAt = this.#now();
      this.#courier.flush(form);
    }
  }

  #endOf(form: CaseForm, reason: string, view: PageView): number {
    const now = this.#now();
    if (form.stopped !== null) {
      return form.stoppedAt ?? now;
    }
    return reason === "idle" ? now - (view.inputAgoMs ?? 0) : now;
  }

  /** See which forms are shown. What is shown belongs to the session in front; while one is being
   *  shown, host and page may not agree yet which that is, a second later they do. */
  #see(view: PageView): void {
    for (const form of this.#forms) {
      const shown = form.isShown() || (view.caseInFront ?? "none") === form.caseId;
      if (shown && !form.shown) {
        this.#shownOrder += 1;
        form.shownOrder = this.#shownOrder;
        form.session = view.session;
      }
      form.shown = shown;
    }
  }

  /** With an idle limit, only what lies before the last input is sure to be work. */
  #certainUntil(now: number): number {
    const { inputAgoMs } = this.#view();
    return this.#settings().idleLimitMinutes > 0 ? now - (inputAgoMs ?? 0) : now;
  }

  #reportDue(now: number, interval: number): void {
    if (this.#view().visible) {
      for (const form of this.#forms) {
        if (form.shown && form.caseId !== undefined && now - form.reportedAt >= interval) {
          this.cut("interval");
          void this.report(form, "refresh");
        }
      }
    }
    if (now - (this.#recorder.pieceStartedAt ?? now) >= LONGEST_PIECE_MS) {
      this.cut("interval");
    }
  }

  #journal(): void {
    const now = this.#now();
    this.#beatAt = now;
    this.#outbox.journal(this.#recorder.open(now), now);
  }

  #finish(segments: readonly Segment[]): void {
    this.#outbox.add(segments);
    this.#outbox.journal(undefined, this.#now());
  }

  async #adopt(): Promise<void> {
    await this.#outbox.adopt(this.#now());
    this.#courier.pump();
  }
}
