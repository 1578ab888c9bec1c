/** What stands in the place of a page that cannot be shown. */

import { element } from "./dom";

export function notice(
  title: string,
  text: string,
  detail = "",
  action?: HTMLElement,
): HTMLElement {
  const place = element(
    "div",
    { class: "page-notice", role: "alert" },
    element("h1", {}, title),
    element("p", {}, text),
  );
  if (detail !== "") {
    place.append(element("p", { class: "hint" }, detail));
  }
  if (action !== undefined) {
    place.append(action);
  }
  return place;
}
