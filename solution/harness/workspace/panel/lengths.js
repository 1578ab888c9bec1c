/** Lengths and moments as the panel writes them. */

/** Return whole seconds as `1:02:03`, or `2:03` below an hour. */
export function lengthOf(seconds) {
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "UTC" });
const SHORT_CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "UTC" });

/** Return the time of day in UTC of seconds since the epoch. */
export const clockOf = (seconds) => CLOCK.format(seconds * 1000);
export const shortClockOf = (seconds) => SHORT_CLOCK.format(seconds * 1000);
