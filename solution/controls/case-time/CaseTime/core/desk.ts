/** What all case forms of a page share: the page itself, the way to the service, the settings. */

import { Courier, type Timers } from "./courier";
import { CaseForm } from "./caseForm";
import type { CaseStates } from "./caseState";
import { DEFAULT_SETTINGS } from "./defaults";
import type { Receipt, Segment, Settings, Surface } from "./gateway";
import { Outbox, type SegmentStore } from "./outbox";
import { Page, type PageView } from "./page";
import { Recorder } from "./recorder";
import type { GatewayChoice } from "./gatewayChoice";
import type { Connection, WaitingState, WidgetState } from "./widget";

/** What the browser and the host give: everything that is not the same twice. */
export interface Ground {
  /** Where the page's line of time has come to. */
  readonly now: () => number;
  readonly timers: Timers;
  readonly chance: () => number;
  readonly newId: () => string;
  readonly store: SegmentStore;
  readonly states: CaseStates;
  readonly gateway: GatewayChoice;
  readonly view: () => PageView;
  readonly online: () => boolean;
  /** Settles when the app's name is known, whose settings count. */
  readonly ready: Promise<unknown>;
  readonly windowId: string;
}

/** What every form's state has in common. */
interface Shared extends Pick<
  WidgetState,
  "settings" | "abilities" | "connection" | "route" | "signInOffered"
> {
  readonly waiting: Pick<WaitingState, "segments" | "full" | "volatile">;
}

export class Desk {
  public readonly page: Page;
  public readonly gateway: GatewayChoice;
  public readonly newId: () => string;
  public readonly now: () => number;
  readonly #courier: Courier;
  readonly #outbox: Outbox;
  readonly #forms = new Set<CaseForm>();
  #settings: Settings = DEFAULT_SETTINGS;

  public constructor(public readonly ground: Ground) {
    this.now = ground.now;
    this.newId = ground.newId;
    this.gateway = ground.gateway;
    this.#outbox = new Outbox(ground.store);
    const settings = (): Settings => this.#settings;
    const zone = (): string => this.#settings.reportingTimeZone;
    const recorder = new Recorder(ground.windowId, ground.newId, zone);
    this.#courier = new Courier({
      ...ground,
      outbox: this.#outbox,
      restMs: () => (this.page.visible ? 0 : this.#intervalMs),
      settled: (receipts, segments, about) => {
        this.#settled(receipts, segments, about);
      },
      changed: () => {
        this.changed();
      },
    });
    this.page = new Page({
      recorder,
      settings,
      outbox: this.#outbox,
      courier: this.#courier,
      now: this.now,
      view: ground.view,
      prepare: () => {
        this.gateway.prepare();
      },
    });
    ground.gateway.onChange = () => {
      this.changed();
    };
  }

  get #intervalMs(): number {
    return this.#settings.updateIntervalMinutes * 60_000;
  }

  /** A form was opened. It takes part in the page's life from `page.add` on. */
  public open(caseId: string | undefined): CaseForm {
    const form = new CaseForm(this, caseId);
    this.#forms.add(form);
    return form;
  }

  public close(form: CaseForm): void {
    this.#forms.delete(form);
    this.page.remove(form);
    form.caseId = undefined;
  }

  /** The network is there again. */
  public hurry(): void {
    this.#courier.hurry();
  }

  public surface(): Surface {
    return this.ground.view().surface;
  }

  public takeSettings(settings: Settings): void {
    this.#settings = settings;
  }

  public shared(): Shared {
    return {
      settings: this.#settings,
      abilities: this.gateway.abilities,
      waiting: {
        segments: this.#outbox.waiting().length,
        full: this.#outbox.full,
        volatile: this.#outbox.volatile,
      },
      connection: this.#connection(),
      route: this.gateway.route,
      signInOffered: this.gateway.signInOffered,
    };
  }

  public changed(): void {
    this.#forms.forEach((form) => {
      form.changed();
    });
  }

  #connection(): Connection {
    if (!this.#courier.failing) {
      return "online";
    }
    return this.ground.online() ? "unreachable" : "offline";
  }

  /** Tell the forms what became of their segments. One that is looked at asks for its time, unless
   *  the answer that settled them brings it. */
  #settled(
    receipts: readonly Receipt[],
    segments: readonly Segment[],
    about: string | undefined,
  ): void {
    const byId = new Map(segments.map((segment) => [segment.id, segment]));
    for (const form of this.#forms) {
      let outdated = false;
      for (const receipt of receipts) {
        const segment = byId.get(receipt.id);
        if (segment !== undefined && form.caseId === segment.caseId) {
          form.settled(receipt, segment);
          outdated = true;
        }
      }
      if (outdated && form.caseId !== about && form.shown && this.page.visible) {
        void this.page.report(form, "refresh");
      }
    }
  }
}
