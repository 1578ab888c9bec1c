/** The types of sweep.js, for its test. */

export interface RecordedSegment {
  readonly id: string;
  readonly caseId: string;
  readonly focusStartedAt: string;
  readonly startedAt: string;
  readonly endedAt: string;
}

export interface GivenSpan {
  readonly start: number;
  readonly end: number;
  readonly caseId: string;
}

export function counted(segments: readonly RecordedSegment[]): GivenSpan[];
export function secondsByCase(given: readonly GivenSpan[]): Map<string, number>;
export function coveredSeconds(segments: readonly RecordedSegment[]): number;
