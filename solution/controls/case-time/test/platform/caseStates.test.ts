import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { caseStates } from "../../CaseTime/platform/caseStates";

const OWNER = { environment: "org", person: "amira" };

type WebApi = ComponentFramework.WebApi;

function nobody(): WebApi {
  throw new Error("nobody is asked");
}

describe("the states of cases on a device", () => {
  it("are remembered beyond the page, for one person only", async () => {
    const states = caseStates(nobody, indexedDB, OWNER);
    await states.remember("one", "case_cancelled");
    await states.remember("two", "case_resolved");
    await states.remember("two", null);

    const later = caseStates(nobody, indexedDB, OWNER);
    const other = caseStates(nobody, indexedDB, { ...OWNER, person: "ben" });
    expect(await later.recall("one")).toBe("case_cancelled");
    expect(await later.recall("two")).toBeUndefined();
    expect(await other.recall("one")).toBeUndefined();
  });

  it("are unknown where the browser keeps nothing", async () => {
    const states = caseStates(nobody, undefined, OWNER);
    await states.remember("one", "case_resolved");

    expect(await states.recall("one")).toBeUndefined();
  });
});

it("the form's session is asked for the state of a case", async () => {
  const asked: unknown[] = [];
  const webApi = {
    retrieveRecord: (...what: unknown[]) => {
      asked.push(what);
      return Promise.resolve({ statecode: 1 });
    },
  };
  const states = caseStates(() => webApi as unknown as WebApi, undefined, OWNER);

  expect(await states.ask("one")).toBe("case_resolved");
  expect(asked).toEqual([["incident", "one", "?$select=statecode"]]);
});
