/** What the browser tells of the page: visible, focused, frozen, touched, and which forms show. */

import type { PageView } from "../core/page";
import type { Host } from "./hosts/host";

const INPUTS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"];

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

  public constructor(
    private readonly win: Window,
    private readonly host: Host,
  ) {
    this.#inputAt = win.performance.now();
  }

  public view(): PageView {
    const { document } = this.win;
    return {
      visible: document.visibilityState === "visible",
      focused: document.hasFocus(),
      frozen: this.#frozen,
      session: this.host.session(),
      carriesOn: this.host.carriesOn(),
      surface: this.host.surface(),
      inputAgoMs: this.#inputAgo(),
    };
  }

  public listen(heard: Heard): void {
    const { win } = this;
    const { document } = win;
    const touched = (): void => {
      this.#inputAt = win.performance.now();
    };
    const woken = (): void => {
      touched();
      heard.look();
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
    this.host.listen(heard.look);
  }

  /** Watch whether an element is displayed. Scrolled out of sight still is: only a hidden tab or
   *  session takes it off the page. Returns how to end that. */
  public watch(element: Element, shown: (shown: boolean) => void): () => void {
    const tell = (): void => {
      shown(element.isConnected && element.getClientRects().length > 0);
    };
    const observer = new IntersectionObserver(tell);
    observer.observe(element);
    tell();
    return () => {
      observer.disconnect();
    };
  }

  /** What happens inside of an embedded frame cannot be seen, so nobody is idle there. */
  #inputAgo(): number | undefined {
    const inFrame = this.win.document.activeElement?.tagName === "IFRAME";
    return inFrame ? undefined : this.win.performance.now() - this.#inputAt;
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
