/** What is said about one setting: where its value comes from, and what is wrong. */

import { meaningOf } from "../core/meaning";
import type { Entry } from "../core/settingsEditor";
import type { Setting } from "../core/settingList";
import type { Scope, Standing } from "../core/settingsBook";
import type { Words } from "../core/words";

export function inEffectText({ setting, now }: Entry, words: Words): string {
  return words.say("Entry_InEffect", words.value(setting, now.meaning.value));
}

/** What will be in effect instead; empty where nothing is changed or it cannot be saved. */
export function afterText({ setting, isChanged, afterSaving }: Entry, words: Words): string {
  return isChanged && afterSaving !== undefined
    ? words.say("Entry_After", words.value(setting, afterSaving.meaning.value))
    : "";
}

export function inheritedText({ setting, inherited }: Entry, scope: Scope, words: Words): string {
  const key = scope === undefined ? "Choice_ByDefault" : "Choice_FromEnvironment";
  return words.say(key, words.value(setting, inherited.meaning.value));
}

export function ownText(scope: Scope, words: Words): string {
  return words.say(scope === undefined ? "Choice_OwnOfEnvironment" : "Choice_OwnOfApp");
}

export function sourceText({ source }: Standing, scope: Scope, words: Words): string {
  const isItself = source === "environment" && scope === undefined;
  return words.say(isItself ? "Source_environmentItself" : `Source_${source}`);
}

/** What the product makes of a stored value that it cannot take as it is. */
export function noticeText({ setting, now, stored }: Entry, scope: Scope, words: Words): string {
  if (scope !== undefined && !setting.perApp && stored !== undefined) {
    return words.say("Entry_NoEffect", stored);
  }
  const { problem, value } = now.meaning;
  const { least, most } = setting.range ?? { least: "", most: "" };
  return problem === undefined
    ? ""
    : words.say(`Problem_${problem}`, now.text ?? "", words.value(setting, value), least, most);
}

export function noteText(entry: Entry, scope: Scope, words: Words): string {
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

export function problemText({ setting, complaint, result }: Entry, words: Words): string {
  if (complaint !== undefined) {
    const { least, most } = setting.range ?? { least: "", most: "" };
    return words.say(`Complaint_${complaint}`, least, most);
  }
  switch (result?.kind) {
    case "conflict":
      return result.found === undefined
        ? words.say("Conflict_Gone")
        : words.say("Conflict_Other", shown(setting, result.found, words));
    case "unpublished":
      return words.say("Save_Unpublished");
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
