import { describe, expect, it } from "vitest";
import { meaningOf, type Problem, readTyped } from "../../../pages/core/meaning";
import { type Setting, type SettingName, SETTINGS } from "../../../pages/core/settingList";
import cases from "../meanings.json";

const COMPLAINTS: Readonly<Record<Problem, string>> = {
  notYesOrNo: "not yes or no",
  notWhole: "not a whole number",
  outside: "outside",
  unknownZone: "not an IANA time zone",
};

function setting(name: string): Setting {
  const found = SETTINGS.find((each) => each.name === name);
  expect(found).toBeDefined();
  return found!;
}

function typed(name: SettingName, text: string): string {
  const result = readTyped(setting(name), text);
  return result.kind === "value" ? result.value : result.complaint;
}

describe("what a stored text means", () => {
  it.each(cases)("%s %j is taken as %s", (name = "", text, value, detail = "") => {
    const meaning = meaningOf(setting(name), text);

    expect(meaning.value).toBe(value);
    expect(detail.startsWith(COMPLAINTS[meaning.problem!] ?? "")).toBe(true);
    expect(meaning.problem === undefined).toBe(detail === "");
  });

  it("is the default where nothing is stored", () => {
    expect(meaningOf(setting("cht_SegmentRetentionDays"), undefined)).toEqual({ value: "90" });
  });
});

describe("what is typed", () => {
  it.each([
    ["cht_UpdateIntervalMinutes", "15", "15"],
    ["cht_UpdateIntervalMinutes", " 015 ", "15"],
    ["cht_UpdateIntervalMinutes", "٣٠", "30"],
    ["cht_UpdateIntervalMinutes", "9", "outside"],
    ["cht_UpdateIntervalMinutes", "61", "outside"],
    ["cht_UpdateIntervalMinutes", "12.5", "notWhole"],
    ["cht_UpdateIntervalMinutes", "  ", "empty"],
    ["cht_IdleLimitMinutes", "0", "0"],
    ["cht_IdleLimitMinutes", "1441", "outside"],
    ["cht_SegmentRetentionDays", "0", "outside"],
    ["cht_SegmentRetentionDays", "3650", "3650"],
    ["cht_ReportingTimeZone", "europe/berlin", "Europe/Berlin"],
    ["cht_ReportingTimeZone", " America/New york ", "America/New_York"],
    ["cht_ReportingTimeZone", "asia/kolkata", "Asia/Kolkata"],
    ["cht_ReportingTimeZone", "utc", "UTC"],
    ["cht_ReportingTimeZone", "Berlin", "unknownZone"],
    ["cht_ReportingTimeZone", "+01:00", "unknownZone"],
    ["cht_ReportingTimeZone", "", "empty"],
    ["cht_MyTimeVisible", "false", "false"],
  ] as const)("for %s %j comes to %s", (name, text, result) => {
    expect(typed(name, text)).toBe(result);
  });
});
