/** What the product makes of a stored text: the rules of `functions/timekeeping/settings.py`. */

import type { Setting } from "./settingList";
import { isZone, zoneNamed } from "./timeZones";

export type Problem = "notYesOrNo" | "notWhole" | "outside" | "unknownZone";

/** What counts: "true" or "false", a whole number in its range, or a zone. `problem` says why that is
 *  not what is stored. */
export interface Meaning {
  readonly value: string;
  readonly problem?: Problem;
}

/** What somebody typed, as it is stored, or what is wrong with it. */
export type Typed =
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "complaint"; readonly complaint: Complaint };

export type Complaint = "empty" | Exclude<Problem, "notYesOrNo">;

const YES_AND_NO: Readonly<Record<string, string>> = {
  true: "true",
  yes: "true",
  "1": "true",
  false: "false",
  no: "false",
  "0": "false",
};
const WHOLE_NUMBER = /^[+-]?\d{1,10}$/;
const ARABIC_ZERO = 0x660;

/** Return what a text means; a missing one means what holds by default. */
export function meaningOf(setting: Setting, text: string | undefined): Meaning {
  const stored = (text ?? "").trim();
  if (stored === "") {
    return { value: setting.fallback };
  }
  switch (setting.kind) {
    case "yesNo": {
      const value = YES_AND_NO[stored.toLowerCase()];
      return value === undefined ? { value: setting.fallback, problem: "notYesOrNo" } : { value };
    }
    case "number":
      return numberMeant(setting, stored);
    case "timeZone":
      return isZone(stored)
        ? { value: stored }
        : { value: setting.fallback, problem: "unknownZone" };
  }
}

/** Read what somebody typed. It has to be in the range; the product's leniency is not offered. */
export function readTyped(setting: Setting, typed: string): Typed {
  if (typed.trim() === "") {
    return { kind: "complaint", complaint: "empty" };
  }
  if (setting.kind === "timeZone") {
    const value = zoneNamed(typed);
    return value === undefined
      ? { kind: "complaint", complaint: "unknownZone" }
      : { kind: "value", value };
  }
  const { value, problem } = meaningOf(setting, typed);
  return problem === undefined || problem === "notYesOrNo"
    ? { kind: "value", value }
    : { kind: "complaint", complaint: problem };
}

function numberMeant({ fallback, range }: Setting, stored: string): Meaning {
  const digits = withLatinDigits(stored);
  if (!WHOLE_NUMBER.test(digits) || range === undefined) {
    return { value: fallback, problem: "notWhole" };
  }
  const number = Number(digits);
  const nearest = Math.min(Math.max(number, range.least), range.most);
  const value = String(nearest);
  return nearest === number ? { value } : { value, problem: "outside" };
}

/** Full-width digits come from Japanese keyboards, the others from Arabic ones. */
function withLatinDigits(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO));
}
