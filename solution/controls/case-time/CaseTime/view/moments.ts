/** Moments and days as the locale writes them. */

import { kept } from "../core/kept";

const formatOf = kept(
  (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, options),
);

/** Return the time of day, with the date when it is not today's. */
export function momentText(at: string, now: number, locale: string): string {
  const moment = new Date(at);
  const isToday = moment.toDateString() === new Date(now).toDateString();
  return formatOf(
    locale,
    isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" },
  ).format(moment);
}

/** Return a day such as 2026-03-10 as the locale writes dates. */
export function dayText(day: string, locale: string): string {
  return formatOf(locale, { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
