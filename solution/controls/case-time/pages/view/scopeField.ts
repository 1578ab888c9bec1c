/** For whom the settings are: the whole environment or one app. */

import type { SettingsEditor } from "../core/settingsEditor";
import type { Words } from "../core/words";
import { element } from "./dom";

export interface ScopeField {
  readonly element: HTMLElement;
  update(editor: SettingsEditor): void;
}

const ENVIRONMENT = "";

export function scopeField(words: Words, show: (appId: string | undefined) => void): ScopeField {
  const field = element("select", { id: "scope", autocomplete: "off" });
  field.addEventListener("change", () => {
    show(field.value === ENVIRONMENT ? undefined : field.value);
  });
  let offered = "";
  return {
    element: element(
      "div",
      { class: "scope" },
      element("label", { for: "scope" }, words.say("Scope_Label")),
      field,
    ),
    update: (editor) => {
      const options = appOptions(editor, words);
      // An open list would close if it were made anew.
      if (JSON.stringify(options) !== offered) {
        offered = JSON.stringify(options);
        const environment = element(
          "option",
          { value: ENVIRONMENT },
          words.say("Scope_Environment"),
        );
        const apps = options.map(([value, label]) => element("option", { value }, label));
        field.replaceChildren(
          environment,
          element("optgroup", { label: words.say("Scope_Apps") }, ...apps),
        );
      }
      field.value = editor.scope?.id ?? ENVIRONMENT;
    },
  };
}

function appOptions(editor: SettingsEditor, words: Words): readonly (readonly [string, string])[] {
  return editor.apps.map((app) => {
    const count = editor.ownValuesOf(app);
    return [app.id, count === 0 ? app.name : words.say("App_WithOwn", app.name, count)];
  });
}
