import { describe, expect, it } from "vitest";
import { callerOf, caseIdOf, type Context, identityOf } from "../../CaseTime/platform/caller";
import { checkQuery } from "../dataverseNames";

interface Given {
  readonly mode?: object;
  readonly page?: object;
  readonly userSettings?: object;
  readonly orgSettings?: object;
  readonly webAPI?: object;
}

function context(given: Given): Context {
  const userSettings = { userId: "{AAAA}", userName: "Amira (demo)", ...given.userSettings };
  return { mode: {}, ...given, userSettings } as unknown as Context;
}

describe("the case of a form", () => {
  it.each([
    [{ mode: { contextInfo: { entityId: "{ABCD}" } } }, "abcd"],
    [{ page: { entityId: "ABCD" } }, "abcd"],
    [{ mode: { contextInfo: { entityId: "" } } }, undefined],
    [{}, undefined],
  ])("of %j is %s", (given, expected) => {
    expect(caseIdOf(context(given))).toBe(expected);
  });
});

describe("the one whose form it is", () => {
  it("belongs to an environment, by its address where its id is not told", () => {
    expect(callerOf(context({}), "https://org.test")).toMatchObject({
      userId: "aaaa",
      environment: "https://org.test",
    });
  });

  it("is known to Entra as the form says", async () => {
    const userSettings = { aadObjectId: "EEEE", userPrincipalName: "amira@office.test" };

    expect(await identityOf(context({ userSettings }), "aaaa")).toEqual({
      objectId: "eeee",
      loginHint: "amira@office.test",
    });
  });

  it.each([
    ["neither", {}, "eeee"],
    ["the sign-in name", { aadObjectId: "FFFF" }, "ffff"],
  ])(
    "is known to Entra as it stands in their row where the form misses %s",
    async (_, userSettings, objectId) => {
      const asked: unknown[] = [];
      const webAPI = {
        retrieveRecord: (table: string, id: string, query: string) => {
          checkQuery(table, query);
          asked.push([table, id, query]);
          const row = { azureactivedirectoryobjectid: "EEEE", domainname: "amira@office.test" };
          return Promise.resolve(row);
        },
      };

      expect(await identityOf(context({ userSettings, webAPI }), "aaaa")).toEqual({
        objectId,
        loginHint: "amira@office.test",
      });
      expect(asked).toEqual([
        ["systemuser", "aaaa", "?$select=azureactivedirectoryobjectid,domainname"],
      ]);
    },
  );

  it("is known without a hint where their row cannot be read", async () => {
    const webAPI = { retrieveRecord: () => Promise.reject(new Error("no right")) };
    const userSettings = { aadObjectId: "FFFF" };

    expect(await identityOf(context({ userSettings, webAPI }), "aaaa")).toEqual({
      objectId: "ffff",
      loginHint: undefined,
    });
  });
});
