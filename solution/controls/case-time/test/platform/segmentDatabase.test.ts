import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import type { Segment } from "../../CaseTime/core/gateway";
import type { StoredSegment } from "../../CaseTime/core/outbox";
import { segmentDatabase } from "../../CaseTime/platform/segmentDatabase";

function stored(id: string): StoredSegment {
  const segment = { id, caseId: "a" } as Segment;
  return { segment, open: false, beatAt: 1 };
}

describe("the database of a person's segments", () => {
  it("keeps what was put until it is removed", async () => {
    const owner = { environment: "org", person: "amira" };
    const store = segmentDatabase(indexedDB, owner);
    await store.put([stored("one"), stored("two")]);
    await store.remove(["one"]);

    expect(await segmentDatabase(indexedDB, owner).load()).toEqual([stored("two")]);
  });

  it("shows nothing of anybody else's, nor of another environment", async () => {
    await segmentDatabase(indexedDB, { environment: "org", person: "ben" }).put([stored("one")]);

    const others = [
      { environment: "org", person: "chloe" },
      { environment: "other", person: "ben" },
    ].map((owner) => segmentDatabase(indexedDB, owner).load());

    expect(await Promise.all(others)).toEqual([[], []]);
  });

  it("is none that lasts where the browser keeps nothing", async () => {
    const store = segmentDatabase(undefined, { environment: "org", person: "amira" });
    await store.put([stored("one")]);

    expect(store.durable).toBe(false);
    expect(await store.load()).toEqual([]);
  });
});
