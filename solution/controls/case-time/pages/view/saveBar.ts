/** How much is not saved, saving it, and what came of that. */

import type { SaveAnswer, SettingsEditor } from "../core/settingsEditor";
import type { Words } from "../core/words";
import { button, element, enable, tell } from "./dom";
import { messagesAfter } from "./messages";

export interface SaveBar {
  readonly element: HTMLElement;
  update(editor: SettingsEditor): void;
  tell(answer: SaveAnswer, editor: SettingsEditor): void;
}

export function saveBar(words: Words, discard: () => void): SaveBar {
  const messages = element("div", { class: "messages", role: "status" });
  const count = element("p", { class: "count" });
  const elsewhere = element("p", { class: "hint" });
  const save = element("button", { class: "primary" }, words.say("Action_Save"));
  const undo = button(words.say("Action_Discard"), () => {
    discard();
  });
  return {
    element: element(
      "footer",
      { class: "save-bar" },
      messages,
      element("div", { class: "counts" }, count, elsewhere),
      element("div", { class: "buttons" }, undo, save),
    ),
    update: (editor) => {
      const { changes, changedElsewhere, isSaving } = editor;
      tell(count, changes.length === 0 ? undefined : words.count("Save_Changes", changes.length));
      const scopes = changedElsewhere.map((scope) => scope?.name ?? words.say("Scope_Environment"));
      tell(
        elsewhere,
        scopes.length === 0 ? undefined : words.say("Save_Elsewhere", words.list(scopes)),
      );
      save.textContent = words.say(isSaving ? "Save_Busy" : "Action_Save");
      save.setAttribute("aria-busy", String(isSaving));
      enable(save, changes.length > 0 && !isSaving);
      enable(undo, changes.length > 0 && !isSaving);
      if (editor.outcome === undefined && editor.failure === undefined) {
        messages.replaceChildren();
      }
    },
    tell: (answer, editor) => {
      const told = messagesAfter(answer, editor, words);
      messages.replaceChildren(
        ...told.map(({ kind, text }) => element("p", { class: kind }, text)),
      );
    },
  };
}
