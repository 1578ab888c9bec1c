/** The command bar of a case form. */

import { button, element, select } from "../dom.js";
import { ACTIVE } from "../cases.js";
import { icon } from "../shell/icons.js";

/** Return the bar for a case in its present state, or for one that is not saved yet. */
export function commandBar(shown, { form, forms, chooseForm, act }) {
  const saved = shown !== undefined;
  const active = shown?.state === ACTIVE;
  const commands = [
    (!saved || active) && command("save", "Save", act.save),
    saved && command("refresh", "Refresh", act.refresh),
    active && command("resolve", "Resolve case", act.resolve),
    active && command("cancel", "Cancel case", act.cancel),
    saved && !active && command("reactivate", "Reactivate case", act.reactivate),
    saved && command("queue", "Queue item details", act.showQueueItem),
  ];
  return element(
    "div",
    { class: "command-bar", role: "toolbar", "aria-label": "Commands" },
    ...commands.filter(Boolean),
    element("span", { class: "spring" }),
    element(
      "span",
      { class: "choice" },
      element("span", { class: "choice-label", "aria-hidden": "true" }, "Form"),
      select("Form", forms, form, chooseForm),
    ),
  );
}

function command(picture, label, run) {
  const made = button(icon(picture), run, { class: "command" });
  made.append(label);
  return made;
}
