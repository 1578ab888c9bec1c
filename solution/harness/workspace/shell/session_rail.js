/** The rail on the left: where one can be, the open sessions among it. */

import { button, element } from "../dom.js";
import { icon } from "./icons.js";

export function sessionRail(sessions, { goHome, goToInbox, isInbox }) {
  const rail = element("nav", { class: "rail", "aria-label": "Sessions" });
  const draw = () => {
    const focused = sessions.focused;
    const cases = sessions.all.filter((each) => !each.isDefault && !isInbox(each));
    rail.replaceChildren(
      entry("home", "Home", focused.isDefault, goHome),
      entry("inbox", "Inbox", isInbox(focused), goToInbox),
      element("p", { class: "rail-heading", hidden: cases.length === 0 }, "Open sessions"),
      ...cases.map((session) => sessionEntry(session, session === focused, sessions)),
    );
  };
  sessions.addEventListener("change", () => keepingFocus(rail, draw));
  return rail;
}

function entry(picture, label, current, go) {
  return element("div", { class: "rail-entry" }, railButton(icon(picture), label, current, go));
}

function railButton(picture, label, current, go) {
  const made = button("", go, { title: label, "aria-current": current && "true" });
  made.append(picture, element("span", { class: "rail-label" }, label));
  return made;
}

function sessionEntry(session, current, sessions) {
  const close = button(icon("close"), () => sessions.closeSession(session), {
    class: "quiet",
    "aria-label": `Close session: ${session.title}`,
  });
  const go = () => sessions.focusSession(session);
  return element(
    "div",
    { class: "rail-entry" },
    railButton(icon("case"), session.title, current, go),
    close,
  );
}

/** Draw anew and give the keyboard back to the button of the same name, or to the first. */
export function keepingFocus(place, draw) {
  const active = place.contains(document.activeElement) ? document.activeElement : undefined;
  const name = active && nameOf(active);
  draw();
  if (active !== undefined) {
    const buttons = [...place.querySelectorAll("button")];
    (buttons.find((each) => nameOf(each) === name) ?? buttons[0])?.focus();
  }
}

const nameOf = (button) => button.getAttribute("aria-label") ?? button.textContent;
