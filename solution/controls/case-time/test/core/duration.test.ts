import { expect, test } from "vitest";
import {
  clockText,
  differenceText,
  durationParts,
  formatDuration,
  formattingLocale,
  parseDuration,
} from "../../CaseTime/core/duration";

test.each([
  [0, "0 sec"],
  [59, "59 sec"],
  [60, "1 min"],
  [3600, "1 hr"],
  [3905, "1 hr 5 min 5 sec"],
  [3605, "1 hr 5 sec"],
  [100 * 3600, "100 hr"],
  [12.9, "12 sec"],
  [-5, "0 sec"],
])("%d seconds read %s", (seconds, text) => {
  expect(formatDuration(seconds, "en", "short")).toBe(text);
});

test.each([
  ["de", "1 Std. 5 Min. 9 Sek."],
  ["fr", "1 h 5 min 9 s"],
  ["ja", "1 時間 5 分 9 秒"],
  ["ar", "1 س 5 د 9 ث"],
])("a length is written with the units of %s", (locale, text) => {
  const written = formatDuration(3909, formattingLocale(locale), "short");

  expect(written.replace(/\u00a0|\u202f/g, " ")).toBe(text);
});

test.each([
  ["en", "1 hour, 2 minutes"],
  ["de", "1 Stunde, 2 Minuten"],
  ["ar", "ساعة ودقيقتان"],
])("the long form in %s is a phrase for listeners", (locale, text) => {
  expect(formatDuration(3720, formattingLocale(locale), "long")).toBe(text);
});

test.each([
  [0, "0 sec"],
  [9, "9 sec"],
  [60, "1 min 00 sec"],
  [3605, "1 hr 00 min 05 sec"],
  [45_296, "12 hr 34 min 56 sec"],
])("a ticker at %d seconds reads %s", (seconds, text) => {
  expect(formatDuration(seconds, "en", "ticker")).toBe(text);
});

test("Arabic is formatted with Latin digits unless the locale says otherwise", () => {
  expect(formattingLocale("ar")).toBe("ar-u-nu-latn");
  expect(formattingLocale("ar-EG")).toBe("ar-EG-u-nu-latn");
  expect(formattingLocale("ar-u-nu-arab")).toBe("ar-u-nu-arab");
  expect(formattingLocale("de-DE")).toBe("de-DE");
});

test("the number of a part is told from its unit", () => {
  expect(durationParts(65, "en")).toEqual([
    { unit: "minute", pieces: [one("1"), words(" "), words("min")] },
    { unit: "second", pieces: [one("5"), words(" "), words("sec")] },
  ]);
});

test.each([
  [3905, "1:05:05"],
  [0, "0:00:00"],
  [360_000, "100:00:00"],
])("%d seconds are typed as %s", (seconds, text) => {
  expect(clockText(seconds)).toBe(text);
});

test("a difference always has a sign", () => {
  expect(differenceText(300)).toBe("+0:05:00");
  expect(differenceText(-3661)).toBe("−1:01:01");
});

test.each([
  ["90", 5400],
  [" 5 ", 300],
  ["1:30", 5400],
  ["1:30:15", 5415],
  ["0:5", 300],
  ["１：３０", 5400],
  ["٩٠", 5400],
])("%s is read as a length", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(["abc", "1:60", "1:00:60", "-5", "1,5", "1 hr 5 min", ":30", "1:2:3:4"])(
  "%s is no length",
  (text) => {
    expect(parseDuration(text)).toBe("unreadable");
  },
);

test("nothing typed is told from something wrong", () => {
  expect(parseDuration("  ")).toBe("empty");
});

function one(text: string): { isNumber: boolean; text: string } {
  return { isNumber: true, text };
}

function words(text: string): { isNumber: boolean; text: string } {
  return { isNumber: false, text };
}
