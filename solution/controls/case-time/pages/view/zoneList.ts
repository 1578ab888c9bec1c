/** The time zones that a field offers, which the browser searches as one types. */

import { OFFERED_ZONES } from "../core/timeZones";
import { element } from "./dom";

const LIST = "time-zones";

/** Give a field its list. It is filled when it is first wanted: it is hundreds of elements long. */
export function offerZones(field: HTMLInputElement): HTMLElement {
  const list = element("datalist", { id: LIST });
  field.setAttribute("list", LIST);
  field.addEventListener(
    "focus",
    () => {
      list.append(...OFFERED_ZONES.map((value) => element("option", { value })));
    },
    { once: true },
  );
  return list;
}
