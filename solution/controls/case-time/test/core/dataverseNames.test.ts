import { describe, expect, it } from "vitest";
import { checkPath, checkQuery, checkRow } from "../dataverseNames";

describe("a name that Dataverse has not", () => {
  it.each([
    ["a set", "incident?$select=title"],
    ["a column", "incidents?$select=titel"],
    ["a lookup by its column", "incidents?$select=customerid"],
    ["a column of a condition", "incidents?$filter=titel eq 'title'"],
    ["a column to sort by", "incidents?$orderby=title,createdin desc"],
    ["a navigation property", "incidents?$expand=customerid($select=name)"],
    ["a navigation property's case", "incidents?$expand=incident_tasks"],
    ["a column of another table", "appsettings?$expand=settingdefinitionid($select=value)"],
    ["an option", "incidents?$search=title"],
  ])("is refused as %s", (_, path) => {
    expect(() => checkPath(path)).toThrow();
  });

  it("is refused in a row that is written", () => {
    const link = { "cht_caseid@odata.bind": "/incidents(1)" };

    expect(() => checkRow("create", "cht_timelog", link)).toThrow("cht_caseid");
    expect(() => checkRow("update", "incident", { ticketnumber: "CAS-1" })).toThrow("ticketnumber");
  });
});

describe("names that Dataverse has", () => {
  it("may stand beside texts, ids and numbers", () => {
    const filter = "contains(title,'it''s (not) titel') and _ownerid_value eq ";
    const id = "aaaaaaaa-0000-4000-8000-00000000beef";

    expect(() => checkQuery("incident", `?$filter=${filter}${id} or statecode ne 0`)).not.toThrow();
  });

  it("may be asked for inside of others", () => {
    const path = "appsettings?$select=value&$expand=settingdefinitionid($select=uniquename)&$top=1";

    expect(() => checkPath(path)).not.toThrow();
  });
});
