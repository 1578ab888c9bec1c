/** Customer Service workspace and other apps with sessions, in either of the two ways they tell. */

import type { AppSession, AppSessions, Apm, Host } from "./host";

/** Topics of the documented events. */
const TOPICS = ["ON_SESSION_SWITCH", "ON_SESSION_CREATED", "ON_SESSION_CLOSED"];

export type OpenChannel = (topic: string) => { onmessage: ((event: never) => void) | null };

export function appSessionsHost(sessions: AppSessions): Host {
  return multiSessionHost(
    () => sessions.getFocusedSession?.(),
    (look) => {
      sessions.addOnAfterSessionSwitch?.(look);
      sessions.addOnAfterSessionCreate?.(look);
      sessions.addOnAfterSessionClose?.(look);
      sessions.addOnAfterTabSwitch?.(look);
    },
  );
}

export function apmHost(apm: Apm, openChannel: OpenChannel): Host {
  return multiSessionHost(
    () => apm.getFocusedSession?.(),
    (look) => {
      for (const name of TOPICS) {
        const topic = apm.getEventPublisherTopic?.(name);
        if (topic !== undefined) {
          openChannel(topic).onmessage = look;
        }
      }
    },
  );
}

function multiSessionHost(
  focused: () => AppSession | undefined,
  listen: (look: () => void) => void,
): Host {
  const session = (): AppSession | undefined => {
    try {
      return focused();
    } catch {
      return undefined; // asked too early, while the app starts
    }
  };
  return {
    surface: () => "workspace",
    session: () => session()?.sessionId,
    caseInFront: () => undefined, // its own app tab, or any in its session: carried on anyway
    carriesOn: () => session() !== undefined && session()?.isDefault !== true,
    listen,
  };
}
