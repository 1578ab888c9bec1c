/** One setting: what holds and why, the choice between another's value and one's own, and what is
 *  wrong with it. Built once; updated in place, so that the keyboard stays where it is. */

import type { Entry } from "../core/settingsEditor";
import type { Setting } from "../core/settingList";
import type { Scope } from "../core/settingsBook";
import type { Words } from "../core/words";
import { type Choice, type ChoiceActions, textChoice, yesNoChoice } from "./choices";
import { element, tell } from "./dom";
import * as texts from "./entryTexts";

export class SettingEntry {
  public readonly element;
  readonly #choice: Choice;
  readonly #inEffect = element("span", { class: "in-effect" });
  readonly #source = element("span", { class: "tag" });
  readonly #changed = element("span", { class: "tag changed" });
  readonly #after = element("span", { class: "after" });
  readonly #notice;
  readonly #note;
  readonly #problem;

  public constructor(
    private readonly setting: Setting,
    private readonly words: Words,
    actions: ChoiceActions,
  ) {
    const { name: id, kind } = setting;
    this.#choice =
      kind === "yesNo" ? yesNoChoice(setting, words, actions) : textChoice(setting, actions);
    this.#notice = element("p", { class: "notice", id: `${id}-notice` });
    this.#note = element("p", { class: "note", id: `${id}-note` });
    this.#problem = element("p", { class: "error", id: `${id}-problem`, "aria-live": "polite" });
    this.element = this.#group(
      element("h2", { id: `${id}-label` }, words.say(`Setting_${id}`)),
      element("p", { class: "standing", id: `${id}-standing` }, this.#inEffect, this.#source),
      element("p", { class: "hint", id: `${id}-hint` }, words.say(`Setting_${id}_Hint`)),
      this.#notice,
      this.#note,
      this.#choice.element,
      element("p", { class: "standing ahead" }, this.#changed, this.#after),
      this.#problem,
    );
  }

  /** Go to where the value is to be corrected. */
  public focus(): void {
    this.#choice.focus();
  }

  public update(entry: Entry, scope: Scope): void {
    const { setting, words } = this;
    tell(this.#inEffect, texts.inEffectText(entry, words));
    tell(this.#source, texts.sourceText(entry.now, scope, words));
    tell(this.#changed, entry.isChanged ? words.say("Entry_Changed") : "");
    tell(this.#after, texts.afterText(entry, words));
    tell(this.#notice, texts.noticeText(entry, scope, words));
    tell(this.#note, texts.noteText(entry, scope, words));
    tell(this.#problem, texts.problemText(entry, words));
    const isOpen = entry.exists && (setting.perApp || scope === undefined);
    // What has no effect can at least be taken away.
    this.#choice.element.hidden = !isOpen && (!entry.exists || entry.stored === undefined);
    this.#choice.update({
      entry,
      isOpen,
      inheritedLabel: texts.inheritedText(entry, scope, words),
      ownLabel: texts.ownText(scope, words),
    });
    this.element.classList.toggle("is-changed", entry.isChanged);
  }

  #group(...children: readonly HTMLElement[]): HTMLElement {
    const { name: id } = this.setting;
    return element(
      "div",
      {
        class: "setting",
        role: "group",
        "aria-labelledby": `${id}-label`,
        "aria-describedby": `${id}-hint ${id}-standing ${id}-notice ${id}-note`,
      },
      ...children,
    );
  }
}
