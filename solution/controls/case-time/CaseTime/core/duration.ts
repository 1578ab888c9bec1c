/** Lengths of time as people read and write them. Lengths are whole seconds. */

import { kept } from "./kept";

/** `ticker` is short, but from the first unit on each is there, with two digits: nothing moves while
 *  seconds pass. */
export type DurationStyle = "short" | "long" | "ticker";

/** One unit of a length, in reading order: `["1", " hr"]`; a language may have no number in it. */
export interface DurationPart {
  readonly unit: "hour" | "minute" | "second";
  readonly pieces: readonly { readonly isNumber: boolean; readonly text: string }[];
}

/** Whole seconds, or why there are none. */
export type ParsedDuration = number | "empty" | "unreadable";

const UNITS = [
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

const formatOf = kept(
  (
    unit: string,
    locale: string,
    unitDisplay: "short" | "long",
    minimumIntegerDigits: number,
  ): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay, minimumIntegerDigits }),
);
const jointOf = kept(
  (locale: string): Intl.ListFormat => new Intl.ListFormat(locale, { type: "unit", style: "long" }),
);

/** Return the locale to format with. Arabic gets Latin digits: times typed by hand, the browser's
 *  date field and a ticker read from left to right all have them, and one card needs one kind. */
export function formattingLocale(locale: string): string {
  return /^ar\b(?!.*-u-)/i.test(locale) ? `${locale}-u-nu-latn` : locale;
}

/** Return the units of a length, largest first: those that are not zero, and of a ticker's all after
 *  the first. Nothing at all is "0 sec". */
export function durationParts(
  seconds: number,
  locale: string,
  style: DurationStyle = "short",
): readonly DurationPart[] {
  let rest = wholeSeconds(seconds);
  const parts: DurationPart[] = [];
  for (const [unit, length] of UNITS) {
    const amount = Math.floor(rest / length);
    rest -= amount * length;
    const isFirst = parts.length === 0;
    const isShown = isFirst ? unit === "second" : style === "ticker";
    if (amount > 0 || isShown) {
      const digits = style === "ticker" && !isFirst ? 2 : 1;
      const format = formatOf(unit, locale, style === "long" ? "long" : "short", digits);
      parts.push({ unit, pieces: piecesOf(amount, format) });
    }
  }
  return parts;
}

/** Return a length in words of the locale, such as "1 hr 5 min" or "1 hour, 5 minutes". */
export function formatDuration(seconds: number, locale: string, style: DurationStyle): string {
  const words = durationParts(seconds, locale, style).map((part) =>
    part.pieces.map((piece) => piece.text).join(""),
  );
  return style === "long" ? jointOf(locale).format(words) : words.join(" ");
}

/** Return a length as h:mm:ss, the form in which it is typed; below zero with a minus sign. */
export function clockText(seconds: number): string {
  const length = wholeSeconds(Math.abs(seconds));
  const [hours, minutes] = [Math.floor(length / 3600), Math.floor(length / 60) % 60];
  return `${seconds < 0 ? "−" : ""}${hours}:${twoDigits(minutes)}:${twoDigits(length % 60)}`;
}

/** Return a difference as +h:mm:ss or −h:mm:ss. */
export function differenceText(seconds: number): string {
  return seconds < 0 ? clockText(seconds) : `+${clockText(seconds)}`;
}

/** Read minutes ("90"), h:mm or h:mm:ss. */
export function parseDuration(text: string): ParsedDuration {
  const typed = withLatinDigits(text).trim().toLowerCase();
  if (typed === "") {
    return "empty";
  }
  const found = MINUTES.exec(typed) ?? CLOCK.exec(typed);
  if (!found?.groups) {
    return "unreadable";
  }
  const { hours, minutes, seconds } = found.groups;
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

const MINUTES = /^(?<minutes>\d{1,6})$/;
const CLOCK = /^(?<hours>\d{1,5}):(?<minutes>[0-5]?\d)(?::(?<seconds>[0-5]?\d))?$/;

const ARABIC_ZERO = 0x660;

/** Full-width digits and colons come from Japanese keyboards, the others from Arabic ones. */
function withLatinDigits(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO));
}

function piecesOf(amount: number, format: Intl.NumberFormat): DurationPart["pieces"] {
  return format
    .formatToParts(amount)
    .map(({ type, value }) => ({ isNumber: type === "integer" || type === "group", text: value }));
}

function wholeSeconds(seconds: number): number {
  return Math.max(0, Math.floor(seconds));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
