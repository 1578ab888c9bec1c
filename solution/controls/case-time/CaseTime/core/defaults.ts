/** What holds until the service has said otherwise. */

import type { Settings } from "./gateway";

export const DEFAULT_SETTINGS: Settings = {
  handlingTimeEnabled: true,
  updateIntervalMinutes: 10,
  myTimeVisible: true,
  timeLogsAllowed: true,
  idleLimitMinutes: 0,
  reportingTimeZone: "UTC",
};
