/** Customer Service Hub, custom apps without sessions, and a form that stands alone. */

import type { Host } from "./host";

export function singleSessionHost(): Host {
  return {
    surface: () => "hub",
    session: () => undefined,
    carriesOn: () => false,
    listen: () => undefined,
  };
}
