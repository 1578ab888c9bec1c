/** Which language a page speaks. */

import { formattingLocale } from "../../CaseTime/core/duration";
import { LOCALES, localeOf } from "../../CaseTime/core/locales";

export const ENGLISH = 1033;

export interface Language {
  readonly lcid: number;
  /** As the document names it. */
  readonly tag: string;
  /** As numbers and lists are written in it. */
  readonly locale: string;
  readonly isRightToLeft: boolean;
}

/** Return the language that the platform names in the address (`userlcid`, or in the site map's
 *  `data`), else the first of the browser's that the page speaks, else English. */
export function languageOf(query: string, browserLanguages: readonly string[]): Language {
  const asked = parameters(query);
  const data = asked.get("data") ?? "";
  const named = [asked.get("userlcid"), parameters(data).get("userlcid"), data].map(Number);
  const lcid =
    named.find((each) => each in LOCALES) ??
    browserLanguages.map(lcidOf).find((each) => each !== undefined) ??
    ENGLISH;
  const tag = localeOf(lcid);
  return { lcid, tag, locale: formattingLocale(tag), isRightToLeft: tag === "ar" };
}

/** The platform spells the names of parameters in more than one way. */
function parameters(query: string): ReadonlyMap<string, string> {
  return new Map(
    [...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function lcidOf(tag: string): number | undefined {
  const [language] = tag.toLowerCase().split("-");
  const found = Object.entries(LOCALES).find(([, locale]) => locale === language);
  return found === undefined ? undefined : Number(found[0]);
}
