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
  const withheld = element("p", { class: "hint", id: "apps-withheld" });
  const label = element("label", { for: "scope" }, words.say("Scope_Label"));
  let offered = "";
  return {
    element: element("div", { class: "scope" }, label, field, withheld),
    update: (editor) => {
      const { appsWithheld } = editor;
      const why = appsWithheld && words.say(`Reason_${appsWithheld}`);
      withheld.textContent = why ? words.say("Scope_AppsWithheld", why) : "";
      withheld.hidden = why === undefined;
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
        field.replaceChildren(environment);
        if (apps.length > 0) {
          field.append(element("optgroup", { label: words.say("Scope_Apps") }, ...apps));
        }
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
