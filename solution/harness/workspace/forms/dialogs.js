/** Dialogs in front of a form, which stays where it is. */

import { button, element } from "../dom.js";

/** Ask for the resolution; `resolve(text)` may refuse, and the dialog then says why. */
export function askForResolution(resolve) {
  const text = element("input", { type: "text", required: true, maxlength: "200" });
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const submit = element("button", { class: "primary" }, "Resolve");
  const form = element(
    "form",
    { method: "dialog" },
    element("label", {}, "Resolution", text),
    problem,
    element("div", { class: "buttons" }, submit, button("Cancel", () => dialog.close())),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      await resolve(text.value);
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
    submit.disabled = false;
  });
  const dialog = show("Resolve case", form);
  text.focus();
}

export function showQueueItem({ number, owner }) {
  const close = button("Close", () => dialog.close());
  const dialog = show(
    "Queue item details",
    element(
      "dl",
      { class: "facts" },
      ...[
        ["Queue", "Customer service"],
        ["Case number", number],
        ["Worked by", owner],
      ].flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]),
    ),
    element("div", { class: "buttons" }, close),
  );
}

function show(title, ...content) {
  const heading = element("h2", {}, title);
  const dialog = element("dialog", { "aria-label": title }, heading, ...content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
