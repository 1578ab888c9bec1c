import { describe, expect, it } from "vitest";
import { backoffSeconds } from "../../CaseTime/core/backoff";
import { FakeService } from "./fakeService";
import { A, B, FakeStore, Lab, MINUTE, SECOND } from "./lab";

const calls = (lab: Lab): readonly string[] => lab.service.calls.map(({ what }) => what);

describe("calls", () => {
  it("are one for a switch from case to case, which brings the other's segment along", async () => {
    const lab = new Lab();
    const first = lab.open(A);
    await lab.pass(MINUTE);
    lab.show(first, false);
    lab.open(B);
    await lab.pass(10 * SECOND);

    expect(lab.service.calls).toEqual([
      { what: "gained", segments: 0 },
      { what: "gained", segments: 1 },
    ]);
  });

  it("wait until it is known for which app they ask", async () => {
    let tell: (name: string) => void = () => undefined;
    const lab = new Lab({ ready: new Promise((resolve) => (tell = resolve)) });
    lab.open(A);
    await lab.pass(SECOND);
    const before = calls(lab).length;
    tell("workspace");
    await lab.pass(SECOND);

    expect([before, calls(lab)]).toEqual([0, ["gained"]]);
  });

  it("that end a page do not wait for that", async () => {
    const lab = new Lab({ ready: new Promise(() => undefined) });
    lab.open(A);
    await lab.pass(10 * SECOND);
    lab.signal({ visible: false });
    lab.desk.page.leave();
    await lab.pass(SECOND);

    expect(lab.service.calls).toEqual([{ what: "lost", segments: 1 }]);
  });

  it("are few when somebody hurries back and forth", async () => {
    const lab = new Lab();
    const one = lab.open(A);
    const two = lab.open(B);
    await lab.pass(10 * SECOND);
    lab.service.calls.length = 0;
    for (let turn = 0; turn < 20; turn++) {
      lab.show(turn % 2 === 0 ? two : one, false);
      lab.show(turn % 2 === 0 ? two : one, true);
      await lab.pass(300);
    }
    await lab.pass(10 * SECOND);

    expect(lab.service.calls.length).toBeLessThanOrEqual(5);
  });

  it("come once in an interval from a case that stays in focus", async () => {
    const lab = new Lab();
    lab.open(A);
    await lab.pass(31 * MINUTE);

    expect(calls(lab)).toEqual(["gained", "refresh", "refresh", "refresh"]);
  });

  it("do not come at all from a page in the background that has nothing to send", async () => {
    const lab = new Lab();
    lab.open(A);
    await lab.pass(MINUTE);
    lab.signal({ visible: false });
    await lab.pass(10 * SECOND);
    lab.service.calls.length = 0;
    await lab.pass(60 * MINUTE);

    expect(calls(lab)).toEqual([]);
  });

  it("come at most once in an interval from a page in the background that cannot deliver", async () => {
    const lab = new Lab();
    lab.open(A);
    await lab.pass(MINUTE);
    lab.service.fault = () => "before";
    lab.signal({ visible: false });
    await lab.pass(60 * MINUTE);

    expect(lab.service.calls.length).toBeLessThanOrEqual(2 + 6);
  });

  it("outlive a page with no more than fits", async () => {
    const lab = new Lab();
    lab.service.fault = () => "before";
    lab.open(A);
    for (let round = 0; round < 150; round++) {
      await lab.pass(2 * SECOND);
      lab.desk.page.cut("refresh");
    }
    lab.service.calls.length = 0;
    lab.view = { ...lab.view, visible: false, frozen: true };
    lab.desk.page.leave();

    expect(lab.service.calls).toEqual([
      { what: "lost", segments: 120 },
      { what: "deliver", segments: 30 },
    ]);
  });
});

describe("a page that may be closed any moment", () => {
  it("has a token in hand while it counts", async () => {
    const lab = new Lab();
    lab.open(A);
    await lab.pass(3 * MINUTE);

    expect(lab.service.prepared).toBe(3);
  });
});

describe("what the widget shows", () => {
  it("ticks on while nothing is recorded yet, and does not jump when it is", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(90 * SECOND);
    expect(form.ownSeconds()).toEqual({ total: 90, automatic: 90 });

    await form.refresh();

    expect(form.ownSeconds()).toEqual({ total: 90, automatic: 90 });
    expect(form.state().time?.totalSeconds).toBe(90);
  });

  it("keeps seconds that were settled by another case's call", async () => {
    const lab = new Lab();
    const first = lab.open(A);
    await lab.pass(MINUTE);
    lab.open(B);
    await lab.pass(10 * SECOND);

    expect(first.ownSeconds().total).toBe(60);
  });

  it("has seconds once that an earlier window had delivered", async () => {
    const service = new FakeService();
    const store = new FakeStore();
    const first = new Lab({ service, store });
    first.open(A);
    await first.pass(MINUTE);
    first.view = { ...first.view, visible: false, frozen: true };
    first.desk.page.leave(); // its call arrives, and the window is gone before its answer does
    const next = new Lab({ service, store, startAt: first.now() + SECOND, windowId: "next" });
    store.rows.set("window-000001", {
      segment: [...service.segments.values()][0]!,
      open: false,
      beatAt: first.now(),
    });
    const form = next.open(A);
    await next.pass(10 * SECOND);

    expect(form.ownSeconds().total).toBe(70);
  });

  it("does not take the answer about a case it no longer shows", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(MINUTE);
    let answer: () => void = () => undefined;
    lab.service.stopped = { [A]: "case_resolved" };
    lab.service.held = new Promise((resolve) => {
      answer = resolve;
    });
    void form.refresh();
    await lab.pass(SECOND);
    form.showCase(B);
    await lab.pass(20 * SECOND);
    answer();
    await lab.pass(10 * SECOND);

    expect(form.state()).toMatchObject({ running: true, stoppedWhy: null });
    expect(form.ownSeconds().total).toBe(30);
  });

  it("can be refreshed before the case is saved, to no effect", async () => {
    const lab = new Lab();
    const form = lab.open(undefined);
    await form.refresh();
    await lab.pass(10 * SECOND);

    expect(lab.service.calls).toEqual([]);
  });

  it("is told once a log was repeated because its answer was lost", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(SECOND);
    const values = { minutes: 15, category: 0, note: "", loggedOn: "2026-03-10" } as const;
    lab.service.fault = () => "after";
    await expect(form.addTimeLog(values)).rejects.toThrow();
    lab.service.fault = () => undefined;
    await form.addTimeLog(values);

    expect(lab.service.logs).toHaveLength(1);
  });

  it("is corrected with all that ran until then, not beside it", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(90 * SECOND);
    lab.service.calls.length = 0;
    await form.correctOwnTime(60, "Was at lunch");

    expect(lab.service.calls.slice(0, 2)).toEqual([
      { what: "refresh", segments: 1 },
      { what: "correct", segments: 0 },
    ]);
  });

  it("counts a new case from its first save on", async () => {
    const lab = new Lab();
    const form = lab.open(undefined);
    await lab.pass(MINUTE);
    expect(form.state()).toMatchObject({ phase: "unsaved", running: false });

    form.showCase(A);
    await lab.pass(30 * SECOND);

    expect(form.state()).toMatchObject({ phase: "ready", running: true });
    expect(form.ownSeconds().total).toBe(30);
  });

  it("runs again when a case is reactivated", async () => {
    const lab = new Lab();
    lab.put(A, "case_resolved");
    const form = lab.open(A);
    await lab.pass(10 * SECOND);
    expect(form.state().running).toBe(false);

    lab.put(A, null);
    form.checkState();
    await lab.pass(30 * SECOND);

    expect(form.state().running).toBe(true);
    expect(form.ownSeconds().total).toBe(30);
  });

  it("says that nobody answers, and counts all the same", async () => {
    const lab = new Lab();
    lab.service.fault = () => "before";
    const form = lab.open(A);
    await lab.pass(20 * SECOND);

    expect(form.state()).toMatchObject({
      connection: "unreachable",
      running: true,
      phase: "ready",
    });
    expect(form.ownSeconds().total).toBe(20);
  });
});

it("the wait before the same call doubles, is scattered, and has an end", () => {
  expect([1, 2, 3, 10].map((failures) => backoffSeconds(failures, 1))).toEqual([5, 10, 20, 300]);
  expect(backoffSeconds(1, 0)).toBe(2.5);
});
