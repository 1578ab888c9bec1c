import { describe, expect, it } from "vitest";
import {
  counted,
  coveredSeconds,
  type RecordedSegment,
  secondsByCase,
} from "../../../../harness/workspace/panel/sweep.js";

const at = (second: number, fraction = 0): string =>
  new Date(Date.UTC(2026, 2, 10, 9, 0, second, fraction)).toISOString();

/** A segment of `caseId` in seconds after nine; its focus began where it starts unless told. */
function segment(
  caseId: string,
  start: number,
  end: number,
  more: Partial<RecordedSegment> = {},
): RecordedSegment {
  return {
    id: `0000-${caseId}`,
    caseId,
    focusStartedAt: at(start),
    startedAt: at(start),
    endedAt: at(end),
    ...more,
  };
}

function given(...segments: readonly RecordedSegment[]): Record<string, number> {
  return Object.fromEntries(secondsByCase(counted(segments)));
}

describe("who gets which second", () => {
  it("gives nothing when nothing was recorded", () => {
    expect(counted([])).toEqual([]);
    expect(coveredSeconds([])).toBe(0);
  });

  it("gives an overlap to the focus that began last, and the rest to the other", () => {
    expect(given(segment("a", 0, 60), segment("b", 20, 30))).toEqual({ a: 50, b: 10 });
  });

  it("looks at the beginning of the focus, not of the piece", () => {
    const piece = segment("a", 30, 60, { focusStartedAt: at(0) });

    expect(given(segment("b", 20, 50), piece)).toEqual({ b: 30, a: 10 });
  });

  it("gives a tie to the greater id, whatever its case", () => {
    const one = segment("a", 0, 10, { id: "0B" });
    const other = segment("b", 0, 10, { id: "0a" });

    expect(given(one, other)).toEqual({ a: 10 });
  });

  it("counts overlapping pieces of one case once", () => {
    expect(given(segment("a", 0, 40), segment("a", 20, 60))).toEqual({ a: 60 });
  });

  it("rounds both bounds down, so that adjoining pieces stay adjoining", () => {
    const first = segment("a", 0, 10, { endedAt: at(10, 900) });
    const second = segment("a", 10, 20, { startedAt: at(10, 900), endedAt: at(20, 100) });

    expect(counted([first, second])).toEqual([
      { start: Date.parse(at(0)) / 1000, end: Date.parse(at(20)) / 1000, caseId: "a" },
    ]);
  });

  it("gives out what the clock on the wall says, no second more", () => {
    const segments = [segment("a", 0, 60), segment("b", 50, 90), segment("a", 100, 110)];

    expect(coveredSeconds(segments)).toBe(100);
    expect(given(...segments)).toEqual({ a: 60, b: 40 });
  });
});
