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

  it("is known to Entra as it stands in her row where the form does not say", async () => {
    const asked: unknown[] = [];
    const webAPI = {
      retrieveRecord: (table: string, id: string, query: string) => {
        checkQuery(table, query);
        asked.push([table, id, query]);
        const row = { azureactivedirectoryobjectid: "EEEE", domainname: "amira@office.test" };
        return Promise.resolve(row);
      },
    };

    expect(await identityOf(context({ webAPI }), "aaaa")).toEqual({
      objectId: "eeee",
      loginHint: "amira@office.test",
    });
    expect(asked).toEqual([
      ["systemuser", "aaaa", "?$select=azureactivedirectoryobjectid,domainname"],
    ]);
  });
});
