/** The inbox of a multi-session app: one session in which the case form is exchanged. There, a form
 *  that is not shown is not worked on. */

import type { Host } from "./host";

export const RECORD_SWITCH = "InboxRecordSwitch";

/** A host that knows its inbox from the first exchange of a record on. `onSwitch` registers for it. */
export function withInbox(host: Host, onSwitch: (handler: () => void) => void): Host {
  let inbox: string | undefined;
  let look: () => void = () => undefined;
  onSwitch(() => {
    inbox = host.session();
    look();
  });
  const inInbox = (): boolean => inbox !== undefined && host.session() === inbox;
  return {
    ...host,
    surface: () => (inInbox() ? "inbox" : host.surface()),
    carriesOn: () => !inInbox() && host.carriesOn(),
    listen: (again) => {
      look = again;
      host.listen(again);
    },
  };
}
