import { clockText, parseDuration } from "../core/duration";
import { MOST_NOTE_UNITS } from "./timeLogDraft";
import type { Complaints } from "./useForm";

/** A correction of one's own automatic time as typed. */
export interface CorrectionDraft {
  readonly duration: string;
  readonly reason: string;
}

const MOST_SECONDS = 366 * 86_400;

export function correctionOf(seconds: number): CorrectionDraft {
  return { duration: clockText(seconds), reason: "" };
}

/** Return the seconds that were typed; undefined when they cannot be read. */
export function correctedSeconds(draft: CorrectionDraft): number | undefined {
  const parsed = parseDuration(draft.duration);
  return typeof parsed === "number" ? parsed : undefined;
}

export function correctionComplaints(
  draft: CorrectionDraft,
  now: number,
): Complaints<CorrectionDraft> {
  const duration = durationComplaint(draft, now);
  const reason = reasonComplaint(draft.reason.trim());
  return { ...(duration && { duration }), ...(reason && { reason }) };
}

function durationComplaint(draft: CorrectionDraft, now: number): string | undefined {
  const seconds = correctedSeconds(draft);
  if (seconds === undefined) {
    return "Form_UnreadableDuration";
  }
  if (seconds > MOST_SECONDS) {
    return "Correction_TooMuch";
  }
  return seconds === now ? "Correction_Same" : undefined;
}

function reasonComplaint(reason: string): string | undefined {
  if (reason === "") {
    return "Correction_NoReason";
  }
  return reason.length > MOST_NOTE_UNITS ? "Form_TooLong" : undefined;
}
