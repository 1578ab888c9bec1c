import { expect, test } from "vitest";
import { phrasesOf } from "../../CaseTime/core/phrases";

const TEXTS: Readonly<Record<string, string>> = {
  Greeting: "Hello {0}, {1} of {0}",
  Waiting_one: "{0} entry waits for {1}",
  Waiting_other: "{0} entries wait for {1}",
};

const text = (key: string): string => TEXTS[key] ?? key;

test("placeholders are filled wherever they stand", () => {
  expect(phrasesOf(text, "en").say("Greeting", "Amira", "friend")).toBe(
    "Hello Amira, friend of Amira",
  );
});

test("a placeholder without a value stays visible", () => {
  expect(phrasesOf(text, "en").say("Greeting", "Amira")).toBe("Hello Amira, {1} of Amira");
});

test("numbers are written as the locale does", () => {
  expect(phrasesOf(text, "de").say("Greeting", 12_345, "x")).toContain("12.345");
});

test("the amount chooses the form", () => {
  const { count } = phrasesOf(text, "en");

  expect(count("Waiting", 1, "Ben")).toBe("1 entry waits for Ben");
  expect(count("Waiting", 2, "Ben")).toBe("2 entries wait for Ben");
});

test("a form the language has no text for falls back to the general one", () => {
  expect(phrasesOf(text, "ar").count("Waiting", 3, "Ben")).toBe("3 entries wait for Ben");
});

test("a key without a text is shown as it is, not as nothing", () => {
  expect(phrasesOf(text, "en").say("Unknown")).toBe("Unknown");
});

test("a key that may not exist is asked for as such", () => {
  expect(phrasesOf(text, "en").known("Unknown")).toBeUndefined();
  expect(phrasesOf(text, "en").known("Waiting_other")).toBe("{0} entries wait for {1}");
});
