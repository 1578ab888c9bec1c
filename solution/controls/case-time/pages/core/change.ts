/** What is to become of one setting in one scope. */

import { meaningOf, readTyped } from "./meaning";
import type { Setting } from "./settingList";

/** One setting's way from what was read to what is wanted; undefined is no value of its own. */
export interface Change {
  readonly setting: Setting;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Tell whether a choice says what is stored already, if in other words. */
export function isSame(
  setting: Setting,
  stored: string | undefined,
  chosen: string | undefined,
): boolean {
  if (stored === undefined || chosen === undefined || stored === chosen) {
    return stored === chosen;
  }
  const [now, typed] = [meaningOf(setting, stored), readTyped(setting, chosen)];
  return now.problem === undefined && typed.kind === "value" && typed.value === now.value;
}

/** Return the change with what was typed as it is stored. */
export function asStored(change: Change): Change {
  const typed = change.after === undefined ? undefined : readTyped(change.setting, change.after);
  return typed?.kind === "value" ? { ...change, after: typed.value } : change;
}
