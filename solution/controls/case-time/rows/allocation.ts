/** Whose second is it: among overlapping segments of one representative the one whose focus began
 *  last wins, ties by the greater id. The server's rule, for the days it has not seen yet. */

import type { Segment } from "../CaseTime/core/gateway";

/** What there must be of a segment to count it. */
export type CountedSegment = Pick<
  Segment,
  "id" | "caseId" | "focusStartedAt" | "startedAt" | "endedAt"
>;

interface Span {
  readonly segment: CountedSegment;
  readonly start: number;
  readonly end: number;
  readonly focus: number;
}

/** Seconds that a case gets of a representative's segments, bounds rounded down to seconds. */
export function secondsForCase(segments: readonly CountedSegment[], caseId: string): number {
  const spans = segments.map(spanOf);
  const bounds = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort(
    (a, b) => a - b,
  );
  let seconds = 0;
  bounds.slice(1).forEach((end, place) => {
    const start = bounds[place] ?? end;
    const here = spans.filter((span) => span.start <= start && span.end >= end);
    const winner = here.reduce<Span | undefined>(later, undefined);
    seconds += winner?.segment.caseId === caseId ? end - start : 0;
  });
  return seconds;
}

function later(best: Span | undefined, next: Span): Span {
  if (best === undefined || next.focus !== best.focus) {
    return best === undefined || next.focus > best.focus ? next : best;
  }
  return next.segment.id > best.segment.id ? next : best;
}

function spanOf(segment: CountedSegment): Span {
  const second = (moment: string): number => Math.floor(Date.parse(moment) / 1000);
  return {
    segment,
    start: second(segment.startedAt),
    end: second(segment.endedAt),
    focus: second(segment.focusStartedAt),
  };
}
