/** The app tabs of the session in front. */

import { button, element } from "../dom.js";
import { icon } from "./icons.js";
import { keepingFocus } from "./session_rail.js";

/** Tabs are children of the list and their close buttons are not, as screen readers want it; the
 *  style sheet puts each close button beside its tab. */
export function tabStrip(sessions) {
  const list = element("div", { role: "tablist", "aria-label": "App tabs", class: "tablist" });
  const strip = element("div", { class: "tab-strip" }, list);
  const draw = () => {
    const { tabs, focusedTab } = sessions.focused;
    list.replaceChildren(...tabs.map((tab, place) => tabOf(tab, place, tab === focusedTab)));
    const closes = tabs.map((tab, place) => tab.canClose && closeOf(tab, place));
    strip.replaceChildren(list, ...closes.filter(Boolean));
  };

  function tabOf(tab, place, selected) {
    const made = button(tab.title, () => sessions.focusTab(tab), {
      id: tab.id,
      role: "tab",
      class: tab.canClose ? "app-tab closable" : "app-tab",
      "aria-selected": String(selected),
      "aria-controls": `panel-${tab.id}`,
      tabindex: selected ? "0" : "-1",
      title: tab.title,
    });
    made.style.order = 2 * place;
    return made;
  }

  function closeOf(tab, place) {
    const made = button(icon("close"), () => sessions.closeTab(tab), {
      class: tab === sessions.focused.focusedTab ? "quiet tab-close selected" : "quiet tab-close",
      "aria-label": `Close tab: ${tab.title}`,
    });
    made.style.order = 2 * place + 1;
    return made;
  }

  list.addEventListener("keydown", (event) => {
    const { tabs, focusedTab } = sessions.focused;
    const next = placeAfter(event.key, tabs.indexOf(focusedTab), tabs.length);
    if (next !== undefined) {
      event.preventDefault();
      sessions.focusTab(tabs[next]);
      document.getElementById(tabs[next].id).focus();
    }
  });
  sessions.addEventListener("change", () => keepingFocus(strip, draw));
  return strip;
}

function placeAfter(key, place, count) {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  switch (key) {
    case forward:
      return (place + 1) % count;
    case backward:
      return (place + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
