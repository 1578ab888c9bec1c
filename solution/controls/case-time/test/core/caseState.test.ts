/** Whether a case runs is a question of its state; what is not known counts. */

import { describe, expect, it } from "vitest";
import { caseStateOf } from "../../CaseTime/core/caseState";
import { A, FakeStates, Lab, MINUTE, SECOND } from "./lab";

function promise(): { readonly promise: Promise<void>; readonly keep: () => void } {
  let keep: () => void = () => undefined;
  const made = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { promise: made, keep };
}

it.each([
  [0, null],
  [1, "case_resolved"],
  [2, "case_cancelled"],
  [undefined, null],
])("a case with statecode %j is %j", (statecode, state) => {
  expect(caseStateOf({ statecode })).toBe(state);
});

describe("a case that is found resolved when it is opened", () => {
  it.each(["service", "states"] as const)("was never running: told by %s", async (who) => {
    const lab = new Lab();
    lab.put(A, "case_resolved");
    if (who === "service") {
      lab.states.reachable = false;
    } else {
      lab.service.fault = () => "before";
    }
    const form = lab.open(A);
    await lab.pass(20 * SECOND);
    lab.service.fault = () => undefined;
    lab.desk.hurry();
    await lab.pass(SECOND);

    expect(form.state()).toMatchObject({ running: false, stoppedWhy: "case_resolved" });
    expect(lab.service.segments.size).toBe(0);
  });

  it("costs one call to the service and one to Dataverse", async () => {
    const lab = new Lab();
    lab.put(A, "case_resolved");
    lab.open(A);
    await lab.pass(MINUTE);

    expect([lab.service.calls.length, lab.states.asked]).toEqual([1, 1]);
  });
});

describe("a case that is resolved while it runs", () => {
  it("has run until its form was refreshed, and not until the answer came", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(MINUTE);
    const answer = promise();
    lab.states.held = answer.promise;
    lab.put(A, "case_resolved");
    form.checkState();
    await lab.pass(9 * SECOND);
    answer.keep();
    await lab.pass(5 * SECOND);

    expect(form.state()).toMatchObject({ running: false, stoppedWhy: "case_resolved" });
    expect(lab.recorded(A)).toBe(60);
  });

  it("has run until the service said so where its first answer comes late", async () => {
    const lab = new Lab();
    const answer = promise();
    lab.service.held = answer.promise;
    const form = lab.open(A);
    await lab.pass(20 * SECOND);
    lab.put(A, "case_resolved");
    answer.keep();
    await lab.pass(5 * SECOND);

    expect(form.state().running).toBe(false);
    expect(lab.recorded(A)).toBe(20);
  });

  it("stops without the service", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(MINUTE);
    lab.service.fault = () => "before";
    lab.put(A, "case_resolved");
    form.checkState();
    await lab.pass(SECOND);

    expect(form.state()).toMatchObject({ running: false, stoppedWhy: "case_resolved" });
  });
});

describe("a case whose state nobody can tell", () => {
  const unreachable = (states = new FakeStates()): Lab => {
    const lab = new Lab({ states });
    lab.service.fault = () => "before";
    states.reachable = false;
    return lab;
  };

  it("counts from the first second", async () => {
    const lab = unreachable();
    const form = lab.open(A);
    await lab.pass(20 * SECOND);

    expect(form.state().running).toBe(true);
    expect(form.ownSeconds().total).toBe(20);
  });

  it("does not count where this device knows it as resolved", async () => {
    const states = new FakeStates();
    const before = new Lab({ states });
    before.put(A, "case_resolved");
    before.open(A);
    await before.pass(SECOND);
    const form = unreachable(states).open(A);
    await before.pass(SECOND);

    expect(form.state()).toMatchObject({ running: false, stoppedWhy: "case_resolved" });
  });

  it.each([1, 8])(
    "loses nothing while answers take %j s where somebody reactivated it",
    async (s) => {
      const lab = new Lab();
      lab.states.remembered.set(A, "case_resolved");
      const answer = promise();
      lab.states.held = lab.service.held = answer.promise;
      lab.open(A);
      await lab.pass(s * SECOND);
      answer.keep();
      lab.states.held = lab.service.held = undefined;
      await lab.pass(MINUTE);
      lab.signal({ focused: false });
      await lab.pass(5 * SECOND);

      expect(lab.recorded(A)).toBe(60 + s);
    },
  );

  it("counts again as soon as it is known to be active, whatever this device knew", async () => {
    const states = new FakeStates();
    states.remembered.set(A, "case_resolved");
    const lab = new Lab({ states });
    const form = lab.open(A);
    await lab.pass(10 * SECOND);

    expect(form.ownSeconds().total).toBe(10);
    expect(states.remembered.get(A)).toBeNull();
  });
});

it("a form that is refreshed many times in a second asks once, and once more in the end", async () => {
  const lab = new Lab();
  const form = lab.open(A);
  await lab.pass(MINUTE);
  const before = lab.states.asked;
  for (let time = 0; time < 10; time++) {
    form.checkState();
  }
  await lab.pass(10 * SECOND);

  expect(lab.states.asked - before).toBe(2);
});

it("a service that turned tracking off is not overruled by an active case", async () => {
  const lab = new Lab();
  lab.service.stopped = { [A]: "tracking_disabled" };
  const form = lab.open(A);
  await lab.pass(5 * SECOND);
  form.checkState();
  await lab.pass(5 * SECOND);

  expect(form.state()).toMatchObject({ running: false, stoppedWhy: "tracking_disabled" });
});
