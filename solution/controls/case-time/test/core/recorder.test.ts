import { describe, expect, it } from "vitest";
import { Recorder } from "../../CaseTime/core/recorder";
import { secondsOf, Timeline } from "../../CaseTime/core/timeline";
import { A, MINUTE, NINE, SECOND } from "./lab";

function recorder(zone = "UTC"): Recorder {
  let id = 0;
  return new Recorder(
    "w",
    () => `id-${++id}`,
    () => zone,
  );
}

/** Let a device be awake from a moment on, for so long; returns when that ends. */
function awake(recorder: Recorder, from: number, ms: number): number {
  for (let passed = 0; passed <= ms; passed += SECOND) {
    recorder.observe(from + passed);
  }
  return from + ms;
}

describe("a recorder", () => {
  it("gives one segment for a focus shorter than the interval", () => {
    const it = recorder();
    it.begin(A, "hub", NINE);

    expect(it.end(awake(it, NINE, 90 * SECOND), "blur")).toEqual([
      {
        id: "id-1",
        caseId: A,
        focusStartedAt: "2026-03-10T09:00:00.000Z",
        startedAt: "2026-03-10T09:00:00.000Z",
        endedAt: "2026-03-10T09:01:30.000Z",
        endReason: "blur",
        surface: "hub",
        windowId: "w",
      },
    ]);
  });

  it("keeps the beginning of the focus in every piece", () => {
    const it = recorder();
    it.begin(A, "hub", NINE);

    const pieces = [
      ...it.cut(awake(it, NINE, 3 * MINUTE), "refresh"),
      ...it.end(awake(it, NINE, 5 * MINUTE), "blur"),
    ];

    expect(pieces.map((piece) => [piece.focusStartedAt.slice(11, 19), secondsOf(piece)])).toEqual([
      ["09:00:00", 180],
      ["09:00:00", 120],
    ]);
  });

  it("ends a focus where the device was last seen awake", () => {
    const it = recorder();
    it.begin(A, "hub", NINE);
    it.observe(NINE + 8 * SECOND);

    const slept = it.observe(NINE + 60 * MINUTE);

    expect(slept?.map(secondsOf)).toEqual([8]);
    expect(it.pieceStartedAt).toBeUndefined();
  });

  it("cuts at midnight of the reporting zone", () => {
    const it = recorder("Europe/Berlin");
    const beforeMidnight = Date.parse("2026-03-10T22:58:00Z");
    it.begin(A, "hub", beforeMidnight);

    const pieces = it.end(awake(it, beforeMidnight, 5 * MINUTE), "blur");

    expect(pieces.map((piece) => piece.startedAt.slice(11, 19))).toEqual(["22:58:00", "23:00:00"]);
  });

  it("gives no piece longer than the least interval", () => {
    const it = recorder();
    it.begin(A, "hub", NINE);

    expect(it.end(awake(it, NINE, 25 * MINUTE), "blur").map(secondsOf)).toEqual([600, 600, 300]);
  });

  it("loses no second to pieces that are shorter than one", () => {
    const it = recorder();
    it.begin(A, "hub", NINE + 200);

    const pieces = [
      ...it.cut(NINE + 900, "refresh"),
      ...it.cut(NINE + 1_400, "refresh"),
      ...it.end(NINE + 2_100, "blur"),
    ];

    expect(pieces.map(secondsOf)).toEqual([1, 1]);
  });

  it("gives nothing for a focus that ended before it began to count", () => {
    const it = recorder();
    it.begin(A, "hub", NINE);

    expect(it.end(-Infinity, "case_resolved")).toEqual([]);
  });
});

describe("a timeline", () => {
  it("does not follow a wall clock that is set back", () => {
    const clock = { wall: NINE, steady: 0 };
    const timeline = new Timeline(() => clock);
    timeline.now();

    Object.assign(clock, { wall: NINE - 60 * MINUTE, steady: 5_000 });

    expect(timeline.now()).toBe(NINE + 5_000);
  });

  it("leaps over a sleep in which the steady clock stood still", () => {
    const clock = { wall: NINE, steady: 0 };
    const timeline = new Timeline(() => clock);
    timeline.now();

    Object.assign(clock, { wall: NINE + 60 * MINUTE, steady: 1_000 });

    expect(timeline.now()).toBe(NINE + 60 * MINUTE);
  });
});
