import { readFileSync } from "node:fs";
import { ENGLISH, languageOf } from "../../../pages/core/language";
import { type Texts, type Words, wordsOf } from "../../../pages/core/words";
import solution from "../../../pages/model/solution.json";

export const LANGUAGES = { en: 1033, de: 1031, fr: 1036, ja: 1041, ar: 1025 } as const;
export type LanguageTag = keyof typeof LANGUAGES;

const NAMES: Readonly<Record<number, Texts>> = solution.texts;

/** Return what a page of that name says in a language. */
export function pageTexts(page: string, language: LanguageTag): Texts {
  const file = `pages/strings/${page}.${LANGUAGES[language]}.json`;
  return JSON.parse(readFileSync(file, "utf8")) as Texts;
}

export function pageWords(page: string, language: LanguageTag = "en"): Words {
  const lcid = LANGUAGES[language];
  return wordsOf(
    languageOf(`?userlcid=${lcid}`, []),
    { ...NAMES[lcid], ...pageTexts(page, language) },
    { ...NAMES[ENGLISH], ...pageTexts(page, "en") },
  );
}
