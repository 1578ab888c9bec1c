/** Finds out by what is there which app surrounds the form. */

import { multiSessionHost, waysOf } from "./multiSession";
import type { Host, HostGlobals } from "./host";
import { RECORD_SWITCH, withInbox } from "./inbox";
import { singleSessionHost } from "./singleSession";

/** The window of the form, as far as hosts are concerned. */
export interface HostWindow extends HostGlobals {
  readonly top: EventTarget | null;
  readonly BroadcastChannel: typeof BroadcastChannel;
}

export function hostOf(win: HostWindow): Host {
  const single = singleSessionHost(win.Xrm);
  const ways = waysOf(win);
  if (ways.length === 0) {
    return single;
  }
  const host = multiSessionHost(ways, single, (topic) => new win.BroadcastChannel(topic));
  return withInbox(host, inboxOf(win));
}

/** The inbox tells of an exchange on the top window and nowhere else. The checker's `avoid-window-top`
 *  warns of pages that frame the app: there nothing is heard, which is caught, and nothing is lost. */
function inboxOf(win: HostWindow): (handler: () => void) => void {
  return (handler) => {
    try {
      win.top?.addEventListener(RECORD_SWITCH, handler);
    } catch {
      return; // a top window of another origin is no inbox of ours
    }
  };
}
