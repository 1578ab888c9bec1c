/** Customer Service workspace and other apps with sessions, in each of the ways in which they tell. */

import type { AppSession, Host, HostGlobals, Sessions } from "./host";

/** Topics of the documented events. */
const TOPICS = ["ON_SESSION_SWITCH", "ON_SESSION_CREATED", "ON_SESSION_CLOSED"];

export type OpenChannel = (topic: string) => { onmessage: ((event: never) => void) | null };

export type Way = readonly [name: string, sessions: Sessions];

/** The ways in which this app tells, the one that may come to tell most first. */
export function waysOf({ Microsoft, Xrm }: HostGlobals): readonly Way[] {
  return [
    ["Microsoft.AppRuntime.Sessions", Microsoft?.AppRuntime?.Sessions],
    ["Xrm.App.sessions", Xrm?.App?.sessions],
    ["Microsoft.Apm", Microsoft?.Apm],
  ].filter(
    (way): way is [string, Sessions] => !!(way[1] as Sessions | undefined)?.getFocusedSession,
  );
}

/** A host that asks the first way that answers, and listens to all: any of them may be gone one day,
 *  or be there and fail. `single` is the app as it is while no session is in front. */
export function multiSessionHost(
  ways: readonly Way[],
  single: Host,
  openChannel: OpenChannel,
): Host {
  let answering = single.name();
  const session = (): AppSession | undefined => {
    for (const [name, sessions] of ways) {
      const found = attempt(() => sessions.getFocusedSession?.());
      if (found) {
        answering = name;
        return found;
      }
    }
    return undefined; // asked too early, while the app starts
  };
  return {
    name: () => answering,
    surface: () => "workspace",
    session: () => session()?.sessionId,
    // Its own app tab, or any in its session: carried on anyway.
    caseInFront: () => (session() ? undefined : attempt(() => single.caseInFront())),
    carriesOn: () => {
      const inFront = session();
      return inFront !== undefined && inFront.isDefault !== true;
    },
    listen: (look) => {
      for (const [, sessions] of ways) {
        attempt(() => {
          listenTo(sessions, look, openChannel);
        });
      }
    },
  };
}

function listenTo(sessions: Sessions, look: () => void, openChannel: OpenChannel): void {
  sessions.addOnAfterSessionSwitch?.(look);
  sessions.addOnAfterSessionCreate?.(look);
  sessions.addOnAfterSessionClose?.(look);
  sessions.addOnAfterTabSwitch?.(look);
  for (const name of TOPICS) {
    const topic = sessions.getEventPublisherTopic?.(name);
    if (topic !== undefined) {
      openChannel(topic).onmessage = look;
    }
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
