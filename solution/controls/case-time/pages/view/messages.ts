/** What came of saving, in sentences. */

import type { SaveAnswer, SettingsEditor } from "../core/settingsEditor";
import type { SettingName } from "../core/settingList";
import type { Words } from "../core/words";

export interface Message {
  readonly kind: "good" | "bad";
  readonly text: string;
}

export function messagesAfter(
  answer: SaveAnswer,
  { outcome, failure }: SettingsEditor,
  words: Words,
): readonly Message[] {
  const bad = (text: string): Message => ({ kind: "bad", text });
  const names = (found: readonly SettingName[]): string =>
    words.list(found.map((name) => words.say(`Setting_${name}`)));
  if (answer === "invalid" || answer === "unchanged") {
    return [bad(words.say(answer === "invalid" ? "Save_Invalid" : "Save_Unchanged"))];
  }
  if (failure !== undefined) {
    return [bad(words.say("Save_NotBegun", words.say(`Reason_${failure.reason}`)))];
  }
  if (outcome === undefined) {
    return [];
  }
  const results = [...outcome.results];
  const saved = results.filter(([, { kind }]) => kind === "saved").map(([name]) => name);
  const failed = results.filter(([, { kind }]) => kind !== "saved").map(([name]) => name);
  const { changedMeanwhile, isChecked } = outcome;
  return [
    ...(saved.length > 0
      ? [{ kind: "good", text: words.say("Save_Done", names(saved)) } as const]
      : []),
    ...(failed.length > 0 ? [bad(words.say("Save_Failed", names(failed)))] : []),
    ...(changedMeanwhile.length > 0
      ? [bad(words.say("Save_Meanwhile", names(changedMeanwhile)))]
      : []),
    ...(isChecked ? [] : [bad(words.say("Save_Unchecked"))]),
  ];
}
