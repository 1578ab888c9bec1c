/** Locales of the languages that widget and pages speak, by the numbers that Dataverse gives them. */

export const LOCALES: Readonly<Record<number, string>> = {
  1025: "ar",
  1031: "de",
  1033: "en",
  1036: "fr",
  1041: "ja",
};

export function localeOf(languageId: number): string {
  return LOCALES[languageId] ?? "en";
}
