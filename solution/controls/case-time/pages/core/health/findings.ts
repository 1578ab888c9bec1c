/** What a look at one thing comes to. */

/** `look` is something to mend; `unknown` is something that cannot be told from here. */
export type Verdict = "ok" | "look" | "unknown";

export interface Result {
  readonly verdict: Verdict;
  readonly text: string;
  /** What to do about it; empty where there is nothing to do. */
  readonly mend: string;
}

export interface Finding extends Result {
  readonly subject: string;
}

export function ok(text: string, remark = ""): Result {
  return { verdict: "ok", text, mend: remark };
}

export function lookHere(text: string, mend: string): Result {
  return { verdict: "look", text, mend };
}

export function cannotTell(text: string, mend: string): Result {
  return { verdict: "unknown", text, mend };
}
