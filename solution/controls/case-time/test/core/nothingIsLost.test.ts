/** What a page does when things break: nothing is lost, nothing counted twice. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GatewayError } from "../../CaseTime/core/gateway";
import { secondsOf } from "../../CaseTime/core/timeline";
import { FakeService, type Fault } from "./fakeService";
import { A, B, FakeStore, Lab, MINUTE, SECOND } from "./lab";

const faults: fc.Arbitrary<Fault | undefined> = fc.constantFrom(
  undefined,
  "before",
  "after",
  "refused",
);

describe("a page whose calls fail", () => {
  it("delivers everything once in the end, whatever fails and in what order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(faults, { maxLength: 25 }), async (planned) => {
        const lab = new Lab();
        const waiting = [...planned];
        // A refusal that names nothing comes from something in between, and may not come again.
        lab.service.fault = () => waiting.shift();
        const form = lab.open(A);
        await lab.pass(7 * MINUTE);
        void form.refresh().catch(() => undefined);
        await lab.pass(8 * MINUTE);
        lab.desk.close(form);
        const second = lab.open(B);
        await lab.pass(90 * SECOND);
        lab.desk.close(second);
        waiting.length = 0;
        await lab.pass(12 * MINUTE);

        expect([lab.recorded(A), lab.recorded(B)]).toEqual([15 * 60, 90]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("keeps counting through two hours offline and delivers them when the network is back", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(MINUTE);
    lab.online = false;
    lab.service.fault = () => "before";
    await lab.pass(120 * MINUTE);
    expect(form.state()).toMatchObject({ connection: "offline", running: true });

    lab.online = true;
    lab.service.fault = () => undefined;
    lab.desk.hurry();
    await lab.pass(10 * SECOND);

    expect(lab.recorded(A)).toBe(120 * 60);
    expect(form.ownSeconds().total).toBe(121 * 60 + 10);
  });

  it("waits at least as long as it was asked to", async () => {
    const lab = new Lab();
    lab.service.retryAfterSeconds = 120;
    lab.service.fault = () => "before";
    lab.open(A);
    await lab.pass(119 * SECOND);

    expect(lab.service.calls).toHaveLength(1);
  });

  it("waits as long as it was asked to, also when somebody is impatient", async () => {
    const lab = new Lab();
    lab.service.retryAfterSeconds = 120;
    lab.service.fault = () => "before";
    const form = lab.open(A);
    await lab.pass(10 * SECOND);
    void form.refresh().catch(() => undefined);
    lab.desk.hurry();
    await lab.pass(100 * SECOND);

    expect(lab.service.calls).toHaveLength(1);
  });

  it("loses nothing to a form that is refreshed while nobody can tell the state of its case", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(MINUTE);
    lab.service.fault = () => "before";
    lab.states.reachable = false;
    form.checkState();
    await lab.pass(10 * SECOND);
    form.checkState();
    await lab.pass(50 * SECOND);
    lab.signal({ focused: false });
    lab.service.fault = () => undefined;
    lab.desk.hurry();
    await lab.pass(MINUTE);

    expect(lab.recorded(A)).toBe(120);
  });

  it("loses nothing to an interval that an administrator makes shorter", async () => {
    const lab = new Lab();
    lab.service.settings = { ...lab.service.settings, updateIntervalMinutes: 60 };
    const form = lab.open(A);
    await lab.pass(45 * MINUTE);
    await form.refresh();

    const longest = Math.max(...[...lab.service.segments.values()].map(secondsOf));
    expect(longest).toBeLessThanOrEqual(600);
    expect(lab.recorded(A)).toBe(45 * 60);
  });

  it("finds the one segment that is wrong, gives it up and says so", async () => {
    const lab = new Lab();
    lab.service.fault = () => "before";
    const form = lab.open(A);
    for (let round = 0; round < 5; round++) {
      await lab.pass(MINUTE);
      lab.desk.page.cut("refresh");
    }
    lab.service.wrong = "window-000003";
    lab.service.fault = () => undefined;
    await lab.pass(10 * MINUTE);
    await form.refresh();

    expect(lab.service.segments.has("window-000003")).toBe(false);
    expect(form.state().waiting).toMatchObject({ refusedSeconds: 60, refusedReason: "invalid" });
    expect(form.state().waiting.segments).toBe(0);
  });

  it("does not lose segments of other cases to a case she may not see", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(MINUTE);
    lab.desk.close(form);
    lab.service.report = () => Promise.reject(new GatewayError("missing", "no such case"));
    const hidden = lab.open(B);
    await lab.pass(MINUTE);

    expect(hidden.state().phase).toBe("forbidden");
    expect(lab.recorded(A)).toBe(60);
  });
});

describe("a page that dies", () => {
  it("loses at most five seconds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000 }), async (seconds) => {
        const store = new FakeStore();
        const service = new FakeService();
        const dead = new Lab({ store, service });
        dead.open(A);
        await dead.pass(seconds * SECOND);

        const startAt = dead.now() + MINUTE;
        const next = new Lab({ store, service, startAt, windowId: "next" });
        await next.pass(5 * SECOND);

        expect(service.secondsOf(A)).toBeGreaterThanOrEqual(seconds - 5);
        expect(service.secondsOf(A)).toBeLessThanOrEqual(seconds);
      }),
      { numRuns: 40 },
    );
  });

  it("keeps its hands off what a living window still writes", async () => {
    const store = new FakeStore();
    const service = new FakeService();
    const living = new Lab({ store, service });
    living.open(A);
    await living.pass(63 * SECOND);
    const other = new Lab({ store, service, startAt: living.now(), windowId: "other" });
    await other.pass(SECOND);

    expect(service.segments.size).toBe(0);
  });

  it("has handed over everything when it was closed in an orderly way", async () => {
    const lab = new Lab();
    lab.open(A);
    await lab.pass(42 * SECOND);
    lab.view = { ...lab.view, visible: false, frozen: true };
    lab.desk.page.leave();
    await lab.pass(0);

    expect(lab.recorded(A)).toBe(42);
  });
});

describe("storage", () => {
  it("that fails is told, and loses nothing while the window lives", async () => {
    const lab = new Lab();
    lab.store.failing = true;
    const form = lab.open(A);
    await lab.pass(MINUTE);
    expect(form.state().waiting.volatile).toBe(true);

    await form.refresh();

    expect(lab.recorded(A)).toBe(60);
  });

  it("that is full stops the count instead of promising what it cannot keep", async () => {
    const lab = new Lab();
    lab.service.fault = () => "before";
    const form = lab.open(A);
    for (let second = 0; second < 5_001; second++) {
      await lab.pass(SECOND);
      lab.desk.page.cut("refresh");
    }

    expect(form.state()).toMatchObject({ running: false, waiting: { full: true } });
  }, 60_000);
});
