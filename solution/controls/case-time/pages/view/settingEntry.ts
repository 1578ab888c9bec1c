/** One setting: what holds and why, the choice between another's value and one's own, and what is
 *  wrong with it. Built once; updated in place, so that the keyboard stays where it is. */

import { meaningOf } from "../core/meaning";
import type { Entry } from "../core/settingsEditor";
import type { Setting } from "../core/settingList";
import type { Scope, Standing } from "../core/settingsBook";
import type { Words } from "../core/words";
import { type ChoiceActions, textChoice, yesNoChoice } from "./choices";
import { element, tell } from "./dom";

export interface SettingEntry {
  readonly element: HTMLElement;
  update(entry: Entry, scope: Scope): void;
  focus(): void;
}

export function settingEntry(setting: Setting, words: Words, actions: ChoiceActions): SettingEntry {
  const id = setting.name;
  const key = `Setting_${setting.name}`;
  const places = {
    inEffect: element("span", { class: "in-effect" }),
    source: element("span", { class: "tag" }),
    changed: element("span", { class: "tag changed" }),
    after: element("span", { class: "after" }),
    notice: element("p", { class: "notice", id: `${id}-notice` }),
    note: element("p", { class: "note", id: `${id}-note` }),
    problem: element("p", { class: "error", id: `${id}-problem`, "aria-live": "polite" }),
  };
  const choice = (setting.kind === "yesNo" ? yesNoChoice : textChoice)(setting, words, actions);
  const field = element(
    "div",
    {
      class: "setting",
      role: "group",
      "aria-labelledby": `${id}-label`,
      "aria-describedby": `${id}-hint ${id}-standing ${id}-notice ${id}-note`,
    },
    element("h2", { id: `${id}-label` }, words.say(key)),
    element("p", { class: "standing", id: `${id}-standing` }, places.inEffect, places.source),
    element("p", { class: "hint", id: `${id}-hint` }, words.say(`${key}_Hint`)),
    places.notice,
    places.note,
    choice.element,
    element("p", { class: "standing ahead" }, places.changed, places.after),
    places.problem,
  );
  return {
    element: field,
    focus: () => {
      choice.focus();
    },
    update: (entry, scope) => {
      const value = ({ meaning }: Standing): string => words.value(setting, meaning.value);
      const isOpen = entry.exists && (setting.perApp || scope === undefined);
      tell(places.inEffect, words.say("Entry_InEffect", value(entry.now)));
      tell(places.source, sourceText(entry.now, scope, words));
      tell(places.changed, entry.isChanged ? words.say("Entry_Changed") : undefined);
      tell(
        places.after,
        entry.isChanged && entry.afterSaving !== undefined
          ? words.say("Entry_After", value(entry.afterSaving))
          : undefined,
      );
      tell(places.notice, noticeText(entry, scope, words));
      tell(places.note, noteText(entry, scope, words));
      tell(places.problem, problemText(entry, words));
      choice.update({
        entry,
        isOpen,
        inheritedLabel: words.say(
          scope === undefined ? "Choice_ByDefault" : "Choice_FromEnvironment",
          value(entry.inherited),
        ),
        ownLabel: words.say(scope === undefined ? "Choice_OwnOfEnvironment" : "Choice_OwnOfApp"),
      });
      choice.element.hidden = !isOpen && (!entry.exists || entry.stored === undefined);
      field.classList.toggle("is-changed", entry.isChanged);
    },
  };
}

function sourceText({ source }: Standing, scope: Scope, words: Words): string {
  const isItself = source === "environment" && scope === undefined;
  return words.say(isItself ? "Source_environmentItself" : `Source_${source}`);
}

/** What the product makes of a stored value that it cannot take as it is. */
function noticeText({ setting, now, stored }: Entry, scope: Scope, words: Words): string {
  if (scope !== undefined && !setting.perApp && stored !== undefined) {
    return words.say("Entry_NoEffect", stored);
  }
  const { problem, value } = now.meaning;
  const { least, most } = setting.range ?? { least: "", most: "" };
  return problem === undefined
    ? ""
    : words.say(`Problem_${problem}`, now.text ?? "", words.value(setting, value), least, most);
}

function noteText(entry: Entry, scope: Scope, words: Words): string {
  const { setting, now, exceptions } = entry;
  if (!entry.exists) {
    return words.say("Entry_Absent", words.value(setting, now.meaning.value));
  }
  if (scope !== undefined && !setting.perApp) {
    return words.say("Entry_EnvironmentOnly");
  }
  const apps = exceptions.map(({ app, standing }) =>
    words.say("Exception_Value", app.name, words.value(setting, standing.meaning.value)),
  );
  return apps.length === 0 ? "" : words.say("Entry_Exceptions", words.list(apps));
}

function problemText({ setting, complaint, result }: Entry, words: Words): string {
  if (complaint !== undefined) {
    const { least, most } = setting.range ?? { least: "", most: "" };
    return words.say(`Complaint_${complaint}`, least, most);
  }
  switch (result?.kind) {
    case "conflict":
      return result.found === undefined
        ? words.say("Conflict_Gone")
        : words.say("Conflict_Other", shown(setting, result.found, words));
    case "failed":
      return words.say(`Reason_${result.reason}`);
    default:
      return "";
  }
}

function shown(setting: Setting, stored: string, words: Words): string {
  const { value, problem } = meaningOf(setting, stored);
  return problem === undefined ? words.value(setting, value) : stored;
}
