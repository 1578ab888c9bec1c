/** Days of the reporting time zone, which segments are cut at. */

import { kept } from "./kept";

const formatOf = kept(
  (zone: string): Intl.DateTimeFormat =>
    format(zone) ?? format("UTC") ?? new Intl.DateTimeFormat("en"),
);

/** The day of a moment in an IANA zone, such as `2026-03-10`; an unknown zone is UTC. */
export function dayOf(moment: number, zone: string): string {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(moment)
      .map((part) => [part.type, part.value]),
  );
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}

/** The first moment of the next day within `(start, end)`, in whole seconds; undefined if there is
 *  none. A day's length varies, so it is looked for and not computed. */
export function midnightWithin(start: number, end: number, zone: string): number | undefined {
  const today = dayOf(start, zone);
  let [before, after] = [Math.floor(start / 1000), Math.ceil(end / 1000)];
  if (dayOf(after * 1000 - 1, zone) === today) {
    return undefined;
  }
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf(middle * 1000, zone) === today) {
      before = middle;
    } else {
      after = middle;
    }
  }
  const midnight = after * 1000;
  return midnight > start && midnight < end ? midnight : undefined;
}

function format(timeZone: string): Intl.DateTimeFormat | undefined {
  const day = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat("en", { ...day, timeZone });
  } catch {
    return undefined;
  }
}
