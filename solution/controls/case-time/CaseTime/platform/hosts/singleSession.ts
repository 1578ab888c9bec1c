/** Customer Service Hub, custom apps without sessions, and a form that stands alone. */

import { plainId } from "../plainId";
import type { Host, HostGlobals } from "./host";

/** There the page in front is one: while it is a case's, another tab of its form is work on it. */
export function singleSessionHost(xrm: HostGlobals["Xrm"]): Host {
  return {
    name: () => "-",
    surface: () => "hub",
    session: () => undefined,
    carriesOn: () => false,
    caseInFront: () => {
      const input = xrm?.Utility?.getPageContext?.().input;
      const isCase = input?.pageType === "entityrecord" && input.entityName === "incident";
      return isCase ? plainId(input.entityId) : undefined;
    },
    listen: () => undefined,
  };
}
