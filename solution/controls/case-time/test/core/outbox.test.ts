import { describe, expect, it } from "vitest";
import type { Segment } from "../../CaseTime/core/gateway";
import { Outbox } from "../../CaseTime/core/outbox";
import { A, FakeStore, NINE, SECOND } from "./lab";

function segment(id: string, seconds = 60): Segment {
  return {
    id,
    caseId: A,
    focusStartedAt: new Date(NINE).toISOString(),
    startedAt: new Date(NINE).toISOString(),
    endedAt: new Date(NINE + seconds * SECOND).toISOString(),
    endReason: "blur",
    surface: "hub",
    windowId: "w",
  };
}

const ids = (segments: readonly Segment[]): readonly string[] => segments.map(({ id }) => id);

describe("an outbox", () => {
  it("keeps a segment until it is settled, also for the next window", async () => {
    const store = new FakeStore();
    const first = new Outbox(store);
    first.add([segment("one"), segment("two")]);
    first.settle(["one"]);
    await first.stored();

    const next = new Outbox(store);
    await next.adopt(NINE);

    expect(ids(next.waiting())).toEqual(["two"]);
  });

  it("takes over a segment that ran when its window died", async () => {
    const store = new FakeStore();
    const dead = new Outbox(store);
    dead.journal(segment("open", 25), NINE + 25 * SECOND);
    await dead.stored();

    const next = new Outbox(store);
    await next.adopt(NINE + 60 * SECOND);

    expect(next.waiting()).toEqual([segment("open", 25)]);
  });

  it("leaves a segment alone that a living window still writes", async () => {
    const store = new FakeStore();
    const living = new Outbox(store);
    living.journal(segment("open"), NINE + 25 * SECOND);
    await living.stored();

    const other = new Outbox(store);
    await other.adopt(NINE + 30 * SECOND);

    expect(other.waiting()).toEqual([]);
  });

  it("lets the finished segment take the place of the running one", async () => {
    const store = new FakeStore();
    const outbox = new Outbox(store);
    outbox.journal(segment("piece", 5), NINE + 5 * SECOND);
    outbox.add([segment("piece", 7)]);
    outbox.journal(undefined, NINE + 7 * SECOND);
    await outbox.stored();

    expect([...store.rows.values()]).toEqual([
      { segment: segment("piece", 7), open: false, beatAt: NINE + 7 * SECOND },
    ]);
  });

  it("forgets a running segment that came to nothing", async () => {
    const store = new FakeStore();
    const outbox = new Outbox(store);
    outbox.journal(segment("piece"), NINE);
    outbox.journal(undefined, NINE);
    await outbox.stored();

    expect(store.rows.size).toBe(0);
  });

  it("does not take back what it has settled", async () => {
    const store = new FakeStore();
    const outbox = new Outbox(store);
    outbox.add([segment("one")]);
    await outbox.stored();
    store.failing = true;
    outbox.settle(["one"]);
    await outbox.stored();
    store.failing = false;
    await outbox.adopt(NINE);

    expect(outbox.waiting()).toEqual([]);
  });

  it("is full at its limit, and takes what a focus ends with all the same", () => {
    const outbox = new Outbox(new FakeStore(), 2);
    outbox.add([segment("one")]);
    expect(outbox.full).toBe(false);

    outbox.add([segment("two"), segment("three")]);

    expect(outbox.full).toBe(true);
    expect(ids(outbox.waiting())).toEqual(["one", "two", "three"]);
  });

  it("stores what could not be stored before with what comes next", async () => {
    const store = new FakeStore();
    const outbox = new Outbox(store);
    store.failing = true;
    outbox.add([segment("one")]);
    await outbox.stored();
    store.failing = false;
    outbox.journal(segment("open"), NINE);
    await outbox.stored();

    expect([...store.rows.keys()]).toEqual(["one", "open"]);
    expect(outbox.volatile).toBe(false);
  });

  it("says that what waits dies with the window where nothing can be stored", async () => {
    const store = new FakeStore();
    store.failing = true;
    const outbox = new Outbox(store);
    outbox.add([segment("one")]);
    await outbox.stored();

    expect(outbox.volatile).toBe(true);
    expect(ids(outbox.waiting())).toEqual(["one"]);
  });
});
