/** Finds out by what is there which app surrounds the form. */

import { apmHost, appSessionsHost } from "./multiSession";
import type { Host, HostGlobals } from "./host";
import { RECORD_SWITCH, withInbox } from "./inbox";
import { singleSessionHost } from "./singleSession";

/** The window of the form, as far as hosts are concerned. */
export interface HostWindow extends HostGlobals {
  readonly top: EventTarget | null;
  readonly BroadcastChannel: typeof BroadcastChannel;
}

export function hostOf(win: HostWindow): Host {
  const sessions = win.Xrm?.App?.sessions;
  const apm = win.Microsoft?.Apm;
  if (sessions?.getFocusedSession !== undefined) {
    return withInbox(appSessionsHost(sessions), inboxOf(win));
  }
  if (apm?.getFocusedSession !== undefined) {
    return withInbox(
      apmHost(apm, (topic) => new win.BroadcastChannel(topic)),
      inboxOf(win),
    );
  }
  return singleSessionHost(win.Xrm);
}

function inboxOf(win: HostWindow): (handler: () => void) => void {
  return (handler) => {
    try {
      win.top?.addEventListener(RECORD_SWITCH, handler);
    } catch {
      return; // a top window of another origin is no inbox of ours
    }
  };
}
