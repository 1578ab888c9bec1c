import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { textsOf } from "../../view/resx";
import { type LanguageTag, LANGUAGES, pageTexts } from "./words";

const PLURAL = /_(zero|one|two|few|many|other)$/;
const tags = Object.keys(LANGUAGES) as LanguageTag[];
const sources = ["core", "core/health", "view", "platform", "."].flatMap((folder) =>
  readdirSync(`pages/${folder}`)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(`pages/${folder}/${file}`, "utf8")),
);

function placeholdersIn(text: string): string[] {
  return [...new Set(text.match(/\{\d\}/g))].sort();
}

describe.each(["settings", "health"])("the texts of the %s page", (page) => {
  const english = pageTexts(page, "en");
  const counted = new Set(
    Object.keys(english)
      .filter((key) => key.endsWith("_one"))
      .map((key) => key.replace(PLURAL, "")),
  );
  const baseOf = (key: string): string => {
    const base = key.replace(PLURAL, "");
    return counted.has(base) ? base : key;
  };

  test("are all used", () => {
    const used = (key: string): boolean =>
      sources.some((source) => source.includes(`"${baseOf(key)}"`)) ||
      sources.some((source) =>
        [...source.matchAll(/`([A-Z]\w*_)\$\{/g)].some(([, group = "-"]) => key.startsWith(group)),
      );

    expect(Object.keys(english).filter((key) => !used(key))).toEqual([]);
  });

  test.each(tags)("are complete in %s, sorted, and with the placeholders of English", (tag) => {
    const texts = pageTexts(page, tag);
    const keys = Object.keys(texts);

    expect(new Set(keys.map(baseOf))).toEqual(new Set(Object.keys(english).map(baseOf)));
    expect(keys).toEqual([...keys].sort());
    for (const [key, text] of Object.entries(texts)) {
      const model = english[counted.has(baseOf(key)) ? `${baseOf(key)}_other` : key] ?? "";
      const optional = /_(zero|one|two)$/.test(key) ? "{0}" : "";

      expect(text.trim(), key).not.toBe("");
      expect(
        placeholdersIn(text).filter((each) => each !== optional),
        key,
      ).toEqual(placeholdersIn(model).filter((each) => each !== optional));
    }
  });

  test.each(tags)("have in %s the forms for each amount", (tag) => {
    const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    const keys = Object.keys(pageTexts(page, tag));

    for (const base of counted) {
      const there = keys.filter((key) => PLURAL.test(key) && baseOf(key) === base);

      expect(there.sort()).toEqual(forms.map((form) => `${base}_${form}`).sort());
    }
  });

  test.each(tags)("show the widget in %s with the widget's own words", (tag) => {
    const widget = textsOf(tag);
    const shown = Object.entries(pageTexts(page, tag)).filter(([key]) => key.startsWith("Widget_"));

    expect(shown).toEqual(shown.map(([key]) => [key, widget.get(key.replace("Widget_", ""))]));
  });
});
