/** The time zones that a field offers, which the browser searches as one types. */

import { OFFERED_ZONES } from "../core/timeZones";
import { element } from "./dom";

export const ZONE_LIST = "time-zones";

export function zoneList(): HTMLElement {
  const options = OFFERED_ZONES.map((value) => element("option", { value }));
  return element("datalist", { id: ZONE_LIST }, ...options);
}
