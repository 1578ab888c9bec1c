/** What of a page's life is work: where it begins and ends, and what of it counts once or not at all. */

import { describe, expect, it } from "vitest";
import { FakeService } from "./fakeService";
import { A, B, FakeStore, Lab, MINUTE, SECOND } from "./lab";

describe("two windows", () => {
  it("never record more than the wall clock, even when both are sure to have the focus", async () => {
    const service = new FakeService();
    const store = new FakeStore();
    const one = new Lab({ service, store, windowId: "one" });
    const two = new Lab({ service, store, windowId: "two" });
    one.open(A);
    two.open(B);
    for (let minute = 0; minute < 11; minute++) {
      await one.pass(MINUTE);
      await two.pass(MINUTE);
    }
    one.signal({ focused: false });
    two.signal({ focused: false });
    await one.pass(10 * SECOND);
    await two.pass(10 * SECOND);

    expect(service.secondsOf(A) + service.secondsOf(B)).toBe(11 * 60);
  });
});

describe("sleep", () => {
  it("counts at most one beat", async () => {
    const lab = new Lab();
    lab.open(A);
    await lab.pass(30 * SECOND);
    await lab.sleep(60 * MINUTE);
    await lab.pass(10 * SECOND);
    lab.signal({ focused: false });
    await lab.pass(5 * SECOND);

    expect(lab.recorded(A)).toBe(40);
  });
});

describe("whatever wakes first after a sleep", () => {
  it.each(["close", "refresh", "other case"] as const)("a %s counts none of it", async (first) => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(30 * SECOND);
    lab.closeLid(60 * MINUTE);
    if (first === "close") {
      lab.desk.close(form);
    } else if (first === "refresh") {
      void form.refresh();
    } else {
      form.showCase(B);
    }
    await lab.pass(10 * SECOND);
    lab.signal({ focused: false });
    await lab.pass(5 * SECOND);

    expect(lab.recorded(A)).toBe(first === "refresh" ? 40 : 30);
  });
});

describe("a form", () => {
  it("that opens while another session is in front belongs to the one it is shown in", async () => {
    const lab = new Lab();
    lab.signal({ session: "other", carriesOn: true });
    const form = lab.open(A);
    lab.show(form, false);
    const shown = lab.desk.open(B);
    shown.isShown = () => false;
    lab.desk.page.add(shown);
    await lab.pass(5 * SECOND);
    lab.signal({ session: "hers" });
    lab.show(shown);
    await lab.pass(SECOND);
    lab.show(shown, false); // an article of that session is in front now
    await lab.pass(10 * SECOND);

    expect(shown.state().running).toBe(true);
  });

  it("that opens before the app can tell its session is counted all the same", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    lab.signal({ session: "hers", carriesOn: true });
    await lab.pass(10 * SECOND);

    expect(form.state().running).toBe(true);
  });

  it("whose other tab is in front is still worked on where the host says so", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    lab.signal({ caseInFront: A });
    lab.show(form, false);
    await lab.pass(10 * SECOND);

    expect(form.state().running).toBe(true);
  });
});

describe("an idle representative", () => {
  it("has worked until her last input, although intervals ended meanwhile", async () => {
    const lab = new Lab();
    lab.service.settings = { ...lab.service.settings, idleLimitMinutes: 15 };
    const form = lab.open(A);
    await lab.pass(8 * MINUTE);
    lab.touch();
    await lab.pass(20 * MINUTE);

    expect(form.state()).toMatchObject({ running: false, stoppedWhy: "idle" });
    expect(lab.recorded(A)).toBe(8 * 60);
  });

  it("is not called idle where her input cannot be seen", async () => {
    const lab = new Lab();
    lab.service.settings = { ...lab.service.settings, idleLimitMinutes: 5 };
    lab.view = { ...lab.view, inputAgoMs: undefined };
    const form = lab.open(A);
    await lab.pass(12 * MINUTE);

    expect(form.state().running).toBe(true);
  });
});
