import { readFileSync } from "node:fs";

export const LANGUAGES = { en: 1033, de: 1031, fr: 1036, ja: 1041, ar: 1025 } as const;

export type Language = keyof typeof LANGUAGES;

/** Return the texts of a language by their keys, in the order of the file. */
export function textsOf(language: Language): ReadonlyMap<string, string> {
  const file = `CaseTime/strings/CaseTime.${LANGUAGES[language]}.resx`;
  const xml = new DOMParser().parseFromString(readFileSync(file, "utf8"), "application/xml");
  return new Map(
    [...xml.querySelectorAll("data")].map((data) => [
      data.getAttribute("name") ?? "",
      data.querySelector("value")?.textContent ?? "",
    ]),
  );
}

/** Return what a form's `getString` does: an unknown key comes back as it is. */
export function formTexts(language: Language): (key: string) => string {
  const texts = textsOf(language);
  return (key) => texts.get(key) ?? key;
}
