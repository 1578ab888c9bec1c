/** A page's sentences and values in its language. */

import { formatDuration } from "../../CaseTime/core/duration";
import { type Phrases, phrasesOf } from "../../CaseTime/core/phrases";
import type { Language } from "./language";
import type { Setting } from "./settingList";

export type Texts = Readonly<Record<string, string>>;

export interface Words extends Phrases {
  /** What is listed, such as "A, B, and C". */
  list(items: readonly string[]): string;
  /** A value that the product uses. */
  value(setting: Setting, value: string): string;
  minutes(amount: number): string;
  /** A moment, in the browser's time zone. */
  moment(iso: string): string;
  /** A length of time as the widget shows it. */
  length(seconds: number): string;
}

/** Return the words of a language; what its texts lack is said in English. */
export function wordsOf({ locale }: Language, texts: Texts, english: Texts): Words {
  const phrases = phrasesOf((key) => texts[key] ?? english[key] ?? key, locale);
  const joint = new Intl.ListFormat(locale, { type: "conjunction", style: "narrow" });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const amount = (unit: "minute" | "day", count: number): string =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
  return {
    ...phrases,
    list: (items) => joint.format(items),
    moment: (iso) => moments.format(new Date(iso)),
    length: (seconds) => formatDuration(seconds, locale, "short"),
    minutes: (count) => amount("minute", count),
    value: (setting, value) => {
      if (setting.kind === "yesNo") {
        return phrases.say(value === "true" ? "Value_Yes" : "Value_No");
      }
      if (setting.name === "cht_IdleLimitMinutes" && value === "0") {
        return phrases.say("Value_NoLimit");
      }
      return setting.range === undefined ? value : amount(setting.range.unit, Number(value));
    },
  };
}
