/** The settings page: for whom, the settings, what representatives will see of them, and saving. */

import { outlookOf } from "../core/outlook";
import { SettingsEditor } from "../core/settingsEditor";
import { type Setting, SETTINGS } from "../core/settingList";
import type { SettingsStore } from "../core/settingsStore";
import type { Words } from "../core/words";
import { button, element } from "./dom";
import { notice } from "./notice";
import { preview } from "./preview";
import { saveBar } from "./saveBar";
import { scopeField } from "./scopeField";
import { SettingEntry } from "./settingEntry";

export class SettingsPage {
  public readonly element = element("main");
  readonly #editor: SettingsEditor;
  readonly #form = element("form", { class: "page", novalidate: true });
  readonly #scope;
  readonly #entries: readonly SettingEntry[];
  readonly #preview;
  readonly #bar;

  public constructor(
    store: SettingsStore,
    private readonly words: Words,
  ) {
    const editor = new SettingsEditor(store, () => {
      this.#update();
    });
    this.#editor = editor;
    this.#scope = scopeField(words, (appId) => {
      editor.show(appId);
    });
    this.#entries = SETTINGS.map((setting) => entryOf(setting, words, editor));
    this.#preview = preview(words);
    this.#bar = saveBar(words, () => {
      editor.discard();
    });
    this.#fillForm();
  }

  /** Whether leaving the page would lose something. */
  public get isChanged(): boolean {
    return this.#editor.changes.length > 0 || this.#editor.changedElsewhere.length > 0;
  }

  public load(): Promise<void> {
    return this.#editor.load();
  }

  async #save(): Promise<void> {
    const answer = await this.#editor.save();
    this.#bar.tell(answer, this.#editor);
    if (answer === "invalid") {
      const wrong = this.#editor.entries.findIndex(({ complaint }) => complaint !== undefined);
      this.#entries[wrong]?.focus();
    }
  }

  #fillForm(): void {
    const { words } = this;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#save();
    });
    this.#form.append(
      element(
        "header",
        { class: "page-head" },
        element("h1", {}, words.say("Page_Title")),
        element("p", { class: "hint" }, words.say("Page_Intro")),
        this.#scope.element,
      ),
      element("div", { class: "settings" }, ...this.#entries.map((each) => each.element)),
      this.#preview.element,
      this.#bar.element,
    );
  }

  #update(): void {
    const { words } = this;
    const editor = this.#editor;
    const { phase } = editor;
    switch (phase.kind) {
      case "loading":
        return this.#show(
          element("p", { role: "status", class: "waiting" }, words.say("Page_Loading")),
        );
      case "refused":
        return this.#show(notice(words.say("Refusal_Title"), words.say("Refusal_Text")));
      case "absent":
        return this.#show(notice(words.say("Settings_Absent"), words.say("Settings_AbsentText")));
      case "failed": {
        const again = button(words.say("Action_Retry"), () => void editor.load());
        const why = words.say(`Reason_${phase.reason}`);
        return this.#show(notice(words.say("Page_Failed"), why, phase.detail, again));
      }
      case "ready": {
        const { entries, scope } = editor;
        this.#scope.update(editor);
        entries.forEach((entry, place) => this.#entries[place]?.update(entry, scope));
        this.#preview.update(outlookOf(entries), scope);
        this.#bar.update(editor);
        return this.#show(this.#form);
      }
    }
  }

  #show(content: HTMLElement): void {
    if (this.element.firstElementChild !== content) {
      this.element.replaceChildren(content);
    }
  }
}

function entryOf(setting: Setting, words: Words, editor: SettingsEditor): SettingEntry {
  const { name } = setting;
  return new SettingEntry(setting, words, {
    choose: (text) => {
      editor.choose(name, text);
    },
    leave: () => {
      editor.leave(name);
    },
  });
}
