/** The settings that administrators set. The list is `solution/model/settings.py` with the ranges of
 *  `functions/timekeeping/settings.py`; a test compares. */

import list from "../model/settings.json";

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

export const SETTINGS = list as readonly Setting[];
