/** Which case is being worked on: one pure decision over what can be seen of the page. */

import type { StopReason } from "./gateway";
import type { StoppedWhy } from "./widget";

/** `session` is the focused session of a multi-session app. `carriesOn`: work in another app tab of
 *  it, such as a knowledge article, is work on its case. */
export interface PageSignals {
  readonly visible: boolean;
  readonly focused: boolean;
  readonly frozen: boolean;
  readonly idle: boolean;
  readonly session: string | undefined;
  readonly carriesOn: boolean;
}

/** One case form that is alive, perhaps in a hidden tab. `shownOrder` grows each time one is shown;
 *  0 was never shown. `stopped` is what the server said of the case. */
export interface FormSignals {
  readonly caseId: string | undefined;
  readonly session: string | undefined;
  readonly shown: boolean;
  readonly shownOrder: number;
  readonly stopped: StopReason | "starting" | null;
}

/** `running` is the place in the list of forms of the one whose case is worked on, if any is. */
export interface Decision {
  readonly running: number | undefined;
  readonly why: readonly (StoppedWhy | null)[];
}

export function decide(page: PageSignals, forms: readonly FormSignals[]): Decision {
  const current = currentForm(page, forms);
  const pageStops = whyPageStops(page);
  const form = current === undefined ? undefined : forms[current];
  const runs = form?.stopped === null && form.caseId !== undefined && pageStops === null;
  const running = runs ? current : undefined;
  return {
    running,
    why: forms.map((each, place) => {
      if (place === running) {
        return null;
      }
      if (each.stopped !== null || each.caseId === undefined) {
        return each.stopped ?? "starting";
      }
      if (place === current) {
        return pageStops;
      }
      return running === undefined ? (pageStops ?? "not_shown") : "other_case";
    }),
  };
}

/** The form that was shown last: only forms of the session in front are. Where none is shown, the one
 *  of this session that was shown last goes on, if the session carries on. */
function currentForm(page: PageSignals, forms: readonly FormSignals[]): number | undefined {
  let best: number | undefined;
  const rank = (form: FormSignals): number => (form.shown ? 1e9 : 0) + form.shownOrder;
  forms.forEach((form, place) => {
    const here = form.session === page.session;
    const counts = form.shown || (here && page.carriesOn && form.shownOrder > 0);
    const leader = best === undefined ? undefined : forms[best];
    if (counts && (leader === undefined || rank(form) > rank(leader))) {
      best = place;
    }
  });
  return best;
}

function whyPageStops(page: PageSignals): StoppedWhy | null {
  if (!page.visible || page.frozen) {
    return "hidden";
  }
  if (!page.focused) {
    return "other_window";
  }
  return page.idle ? "idle" : null;
}
