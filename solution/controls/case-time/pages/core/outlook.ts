/** What representatives will see of the settings once they are saved. */

import type { Entry } from "./settingsEditor";
import type { SettingName } from "./settingList";

export interface Outlook {
  readonly isTracked: boolean;
  readonly hasMyTime: boolean;
  readonly hasTimeLogs: boolean;
  readonly intervalMinutes: number;
  /** 0 is never. */
  readonly idleMinutes: number;
  readonly zone: string;
  /** Whether it is one of what is chosen and not of what is stored. */
  readonly isAhead: boolean;
}

export function outlookOf(entries: readonly Entry[]): Outlook {
  const values = new Map(
    entries.map(({ setting, now, afterSaving }) => [
      setting.name,
      (afterSaving ?? now).meaning.value,
    ]),
  );
  const value = (name: SettingName): string => values.get(name) ?? "";
  return {
    isTracked: value("cht_HandlingTimeEnabled") === "true",
    hasMyTime: value("cht_MyTimeVisible") === "true",
    hasTimeLogs: value("cht_TimeLogsAllowed") === "true",
    intervalMinutes: Number(value("cht_UpdateIntervalMinutes")),
    idleMinutes: Number(value("cht_IdleLimitMinutes")),
    zone: value("cht_ReportingTimeZone"),
    isAhead: entries.some(({ isChanged }) => isChanged),
  };
}
