/** The settings that administrators set, as the model describes them. */

import solution from "../model/solution.json";

export interface Range {
  readonly least: number;
  readonly most: number;
  readonly unit: "minute" | "day";
}

export interface Setting {
  readonly name: SettingName;
  readonly kind: "yesNo" | "number" | "timeZone";
  /** What the product uses where nothing is stored or nothing of it can be read. */
  readonly fallback: string;
  readonly range?: Range;
  /** Whether an app's own value has an effect. */
  readonly perApp: boolean;
}

export type SettingName =
  | "cht_HandlingTimeEnabled"
  | "cht_UpdateIntervalMinutes"
  | "cht_MyTimeVisible"
  | "cht_TimeLogsAllowed"
  | "cht_IdleLimitMinutes"
  | "cht_ReportingTimeZone"
  | "cht_SegmentRetentionDays";

/** Those of `functions/timekeeping/settings.py`. */
const RANGES: Partial<Record<SettingName, Range>> = {
  cht_UpdateIntervalMinutes: { least: 10, most: 60, unit: "minute" },
  cht_IdleLimitMinutes: { least: 0, most: 1440, unit: "minute" },
  cht_SegmentRetentionDays: { least: 1, most: 3650, unit: "day" },
};

export const SETTINGS: readonly Setting[] = (solution.settings as readonly Setting[]).map(
  (setting) => {
    const range = RANGES[setting.name];
    return range === undefined ? setting : { ...setting, range };
  },
);
