import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LANGUAGES, textsOf, type Language } from "./resx";

const english = textsOf("en");
const languages = Object.keys(LANGUAGES) as Language[];
const PLURAL = /_(zero|one|two|few|many|other)$/;
/** Keys whose language has one form only still end in _other; so these are the counted ones. */
const counted = new Set(
  [...english.keys()].filter((key) => key.endsWith("_one")).map((key) => key.replace(PLURAL, "")),
);

const viewSource = readdirSync("CaseTime/view")
  .map((file) => readFileSync(`CaseTime/view/${file}`, "utf8"))
  .join("\n");
const manifest = readFileSync("CaseTime/ControlManifest.Input.xml", "utf8");

const usedInView = new Set(viewSource.match(/(?<=")[A-Z][A-Za-z]*_[A-Za-z_]+(?=")/g));
/** `Tracking_${why}` uses every key of its group. */
const usedGroups = [...viewSource.matchAll(/`([A-Z][A-Za-z]*_)\$\{/g)].map(
  ([, group]) => group ?? "",
);
const usedInManifest = new Set(
  [...manifest.matchAll(/(?:display-name|description)-key="([^"]+)"/g)].map(([, key]) => key ?? ""),
);

function baseOf(key: string): string {
  const base = key.replace(PLURAL, "");
  return counted.has(base) ? base : key;
}

function placeholdersIn(text: string): string[] {
  return [...new Set(text.match(/\{\d\}/g))].sort();
}

test("no key is unknown", () => {
  const known = new Set([...english.keys()].map(baseOf));

  expect([...usedInView, ...usedInManifest].filter((key) => !known.has(key))).toEqual([]);
});

test("no key is unused", () => {
  const used = new Set([...usedInView, ...usedInManifest]);
  const unused = [...english.keys()]
    .filter((key) => !used.has(baseOf(key)))
    .filter((key) => !usedGroups.some((group) => key.startsWith(group)));

  expect(unused).toEqual([]);
});

describe.each(languages)("in %s", (language) => {
  const texts = textsOf(language);

  test("the keys are those of English", () => {
    expect(new Set([...texts.keys()].map(baseOf))).toEqual(
      new Set([...english.keys()].map(baseOf)),
    );
  });

  test("every counted sentence has the forms that the language uses", () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;

    for (const base of counted) {
      const there = [...texts.keys()].filter((key) => PLURAL.test(key) && baseOf(key) === base);

      expect(there.sort()).toEqual(forms.map((form) => `${base}_${form}`).sort());
    }
  });

  test("placeholders are those of English; a form for one amount may leave the amount out", () => {
    for (const [key, text] of texts) {
      const model = english.get(counted.has(baseOf(key)) ? `${baseOf(key)}_other` : key);
      const expected = placeholdersIn(model ?? "");
      const optional = /_(zero|one|two)$/.test(key) && counted.has(baseOf(key)) ? "{0}" : "";

      expect(
        placeholdersIn(text).filter((each) => each !== optional),
        key,
      ).toEqual(expected.filter((each) => each !== optional));
    }
  });

  test("no text is empty, and the keys are sorted", () => {
    const keys = [...texts.keys()];

    expect([...texts].filter(([, text]) => text.trim() === "")).toEqual([]);
    expect(keys).toEqual([...keys].sort());
  });
});
