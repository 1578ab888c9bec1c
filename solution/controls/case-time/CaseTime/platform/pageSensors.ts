/** What the browser tells of the page: visible, focused, frozen, touched, and which forms show. */

import type { PageView } from "../core/page";
import type { Host } from "./hosts/host";

const INPUTS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"];

/** Inputs that follow each other faster than this tell nothing new. */
const AWAY_MS = 1_000;

export interface Heard {
  /** Something may have changed. */
  look(): void;
  /** The page goes away, perhaps for good. */
  leave(): void;
  /** The network is back. */
  online(): void;
}

export class PageSensors {
  #frozen = false;
  #inputAt: number;
  readonly #host: Host;

  public constructor(
    private readonly win: Window,
    host: Host,
  ) {
    this.#host = host;
    this.#inputAt = win.performance.now();
  }

  public view(): PageView {
    const { document } = this.win;
    return {
      visible: document.visibilityState === "visible",
      focused: document.hasFocus(),
      frozen: this.#frozen,
      session: this.#host.session(),
      carriesOn: this.#host.carriesOn(),
      surface: this.#host.surface(),
      caseInFront: this.#host.caseInFront(),
      inputAgoMs: this.#inputAgo(),
    };
  }

  public listen(heard: Heard): void {
    const { win } = this;
    const { document } = win;
    const woken = (): void => {
      this.#inputAt = win.performance.now();
      heard.look();
    };
    const touched = (): void => {
      const now = win.performance.now();
      const before = this.#inputAt;
      this.#inputAt = now;
      if (now - before > AWAY_MS) {
        heard.look(); // whoever was idle is no longer
      }
    };
    const freeze = (frozen: boolean) => (): void => {
      this.#frozen = frozen;
      (frozen ? heard.leave : woken)();
    };
    on(win, INPUTS, touched, { capture: true, passive: true });
    on(document, ["visibilitychange"], () => {
      (document.visibilityState === "visible" ? woken : heard.leave)();
    });
    on(document, ["freeze"], freeze(true));
    on(document, ["resume"], freeze(false));
    on(win, ["pagehide"], freeze(true));
    on(win, ["pageshow"], freeze(false));
    on(win, ["focus"], woken);
    // Focus may only have gone into a frame of this page, which shows a moment later.
    on(win, ["blur"], () => win.setTimeout(heard.look, 0));
    on(win, ["online"], heard.online);
    this.#host.listen(heard.look);
  }

  /** Look again when an element is taken off the page or put on it, wherever it is scrolled: its
   *  size becomes nothing, or something. Returns how to end that. */
  public watch(element: Element, look: () => void): () => void {
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }

  /** What happens inside of an embedded frame cannot be seen, so nobody is idle there. */
  #inputAgo(): number | undefined {
    const now = this.win.performance.now();
    if (this.win.document.activeElement?.tagName === "IFRAME") {
      this.#inputAt = now;
      return undefined;
    }
    return now - this.#inputAt;
  }
}

function on(
  target: EventTarget,
  events: readonly string[],
  run: () => void,
  options?: AddEventListenerOptions,
): void {
  events.forEach((event) => {
    target.addEventListener(event, run, options);
  });
}
