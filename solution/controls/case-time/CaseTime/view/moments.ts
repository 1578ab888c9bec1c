/** Moments and days as the locale writes them. */

const formats = new Map<string, Intl.DateTimeFormat>();

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

/** Return the day it is in a time zone, such as 2026-03-10. */
export function dayIn(timeZone: string, now: number): string {
  const format = formatOf("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}

function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options);
    formats.set(key, format);
  }
  return format;
}
