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
  private frozen = false;
  private inputAt: number;

  public constructor(
    private readonly win: Window,
    private readonly host: Host,
  ) {
    this.inputAt = win.performance.now();
  }

  public view(): PageView {
    const { document } = this.win;
    return {
      visible: document.visibilityState === "visible",
      focused: document.hasFocus(),
      frozen: this.frozen,
      session: this.host.session(),
      carriesOn: this.host.carriesOn(),
      surface: this.host.surface(),
      inputAgoMs: this.inputAgo(),
    };
  }

  public listen(heard: Heard): void {
    const { win } = this;
    const { document } = win;
    const touched = (): void => {
      this.inputAt = win.performance.now();
    };
    const woken = (): void => {
      touched();
      heard.look();
    };
    const freeze = (frozen: boolean) => (): void => {
      this.frozen = frozen;
      (frozen ? heard.leave : woken)();
    };
    for (const input of INPUTS) {
      win.addEventListener(input, touched, { capture: true, passive: true });
    }
    document.addEventListener("visibilitychange", () => {
      (document.visibilityState === "visible" ? woken : heard.leave)();
    });
    document.addEventListener("freeze", freeze(true));
    document.addEventListener("resume", freeze(false));
    win.addEventListener("pagehide", freeze(true));
    win.addEventListener("pageshow", freeze(false));
    win.addEventListener("focus", woken);
    // Focus may only have gone into a frame of this page, which shows a moment later.
    win.addEventListener("blur", () => win.setTimeout(heard.look, 0));
    win.addEventListener("online", heard.online);
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
  private inputAgo(): number | undefined {
    const inFrame = this.win.document.activeElement?.tagName === "IFRAME";
    return inFrame ? undefined : this.win.performance.now() - this.inputAt;
  }
}
