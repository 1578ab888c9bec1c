import { parseDuration } from "../core/duration";
import type { Category, TimeLog, TimeLogValues } from "../core/gateway";
import type { Complaints } from "./useForm";

/** A time log as typed. */
export interface TimeLogDraft {
  readonly duration: string;
  readonly loggedOn: string;
  readonly category: string;
  readonly note: string;
}

export const MOST_NOTE_UNITS = 500; // UTF-16 units, as the column counts them
const MOST_MINUTES = 1440;

export function emptyTimeLog(today: string): TimeLogDraft {
  return { duration: "", loggedOn: today, category: "0", note: "" };
}

export function draftOf(log: TimeLog): TimeLogDraft {
  return {
    duration: String(log.minutes),
    loggedOn: log.loggedOn,
    category: String(log.category),
    note: log.note,
  };
}

/** Return what is wrong; days are compared as texts, which sort like days. */
export function timeLogComplaints(draft: TimeLogDraft, today: string): Complaints<TimeLogDraft> {
  const complaints: { -readonly [Field in keyof TimeLogDraft]?: string } = {};
  const duration = durationComplaint(draft.duration);
  if (duration) {
    complaints.duration = duration;
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.loggedOn)) {
    complaints.loggedOn = "TimeLog_NoDate";
  } else if (draft.loggedOn > today) {
    complaints.loggedOn = "TimeLog_Future";
  } else if (draft.loggedOn < "2000") {
    complaints.loggedOn = "TimeLog_TooOld";
  }
  if (draft.note.trim().length > MOST_NOTE_UNITS) {
    complaints.note = "Form_TooLong";
  }
  return complaints;
}

/** Return the values of a draft that has no complaints. */
export function timeLogValues(draft: TimeLogDraft): TimeLogValues {
  const parsed = parseDuration(draft.duration);
  return {
    minutes: typeof parsed === "number" ? parsed / 60 : 0,
    category: Number(draft.category) as Category,
    note: draft.note.trim(),
    loggedOn: draft.loggedOn,
  };
}

function durationComplaint(text: string): string | undefined {
  const parsed = parseDuration(text);
  if (parsed === "empty") {
    return "TimeLog_NoDuration";
  }
  if (parsed === "unreadable") {
    return "Form_UnreadableDuration";
  }
  if (parsed % 60 !== 0) {
    return "TimeLog_WholeMinutes";
  }
  return parsed < 60 || parsed > MOST_MINUTES * 60 ? "TimeLog_OutOfRange" : undefined;
}
