import axe from "axe-core";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { examine } from "../../../pages/core/health/examine";
import { DataverseSettings } from "../../../pages/core/settingsStore";
import solution from "../../../pages/model/solution.json";
import { HealthPage } from "../../../pages/view/healthPage";
import { FakeEnvironment, FUNCTIONS } from "../fakeEnvironment";
import { HUB } from "../fakeDataverse";
import { type LanguageTag, pageWords } from "./words";

let environment: FakeEnvironment;

beforeEach(() => {
  environment = new FakeEnvironment();
});

afterEach(() => {
  document.body.replaceChildren();
});

async function show(language: LanguageTag = "en"): Promise<void> {
  const words = pageWords("health", language);
  const settings = new DataverseSettings(environment, language);
  const places = { dataverse: environment, settings, probe: environment.probe };
  const page = new HealthPage(() => examine(places, words), words);
  document.body.replaceChildren(page.element);
  await page.look();
}

function found(subject: string): string {
  const heading = screen.getByRole("heading", { name: subject });
  return heading.parentElement?.textContent?.replace(subject, "") ?? "";
}

function summary(): string | null {
  return screen.getByRole("status").textContent;
}

describe("the health page", () => {
  it("says so when everything is in place", async () => {
    await show();

    expect(summary()).toBe("Everything is in place.");
    expect(found("Solution")).toBe(`OKVersion ${solution.version} is installed.`);
    expect(found("Table: Time logs")).toMatch(
      /^OKCan be read. The latest row is from Mar \d, 2026/,
    );
    expect(found("Webhook steps")).toBe(
      `OK${solution.steps.length} of ${solution.steps.length} are enabled.`,
    );
    expect(environment.probed).toEqual([`${FUNCTIONS}health`]);
  });

  it.each([
    ["another version", "solutions", [{ version: "9.9.9.9" }], "Version 9.9.9.9 is installed."],
    ["no solution", "solutions", [], "It is not in this environment."],
  ])("finds %s", async (_, set, answer, text) => {
    environment.answers[set] = answer;
    await show();

    expect(found("Solution")).toContain(`Look here${text}`);
    expect(found("Solution")).toContain("Import the current solution");
    expect(summary()).toBe("1 place to look at.");
  });

  it.each([
    ["missing", "Look hereThe table is not there.Import"],
    ["forbidden", "Cannot tellYou don’t have permission to look at this.Open this page as System"],
    ["unreachable", "Cannot tellDataverse did not tell: no cht_timelogsCheck again"],
    ["silent", "Cannot tellDataverse doesn’t answer.Check again"],
    ["signedOut", "Cannot tellYour session has ended.Sign in again in another tab"],
  ] as const)("tells a table that is %s from the others", async (answer, text) => {
    environment.answers.cht_timelogs = answer;
    await show();

    expect(found("Table: Time logs")).toContain(text);
    expect(found("Table: Automatic time")).toContain("OK");
  });

  it("is content with an empty table", async () => {
    environment.answers.cht_timelogs = [];
    await show();

    expect(found("Table: Time logs")).toBe("OKCan be read. There are no rows yet.");
  });

  it("names the values that are not used as they are, with the app that has them", async () => {
    environment.set("cht_UpdateIntervalMinutes", "5");
    environment.set("cht_MyTimeVisible", "perhaps", HUB);
    await show();

    expect(found("Settings")).toContain(
      "Update interval (minutes): “5” is stored, 10 minutes is used." +
        " Show the My time toggle – Hub: “perhaps” is stored, Yes is used.",
    );
  });

  it("names settings that are missing", async () => {
    environment.defined = environment.defined.filter((name) => name !== "cht_TimeLogsAllowed");
    await show();

    expect(found("Settings")).toContain("Look hereNot defined: Allow time logs.");
  });

  it.each([
    ["missing", "There is no webhook endpoint."],
    [{ url: "https://example.invalid/api/webhooks/dataverse" }, "where no functions are"],
    [{ url: "https://office.azurewebsites.net/" }, "where no functions are"],
    [{ url: `${FUNCTIONS}${solution.receiver}`, isauthvalueset: false }, "has no key"],
  ] as const)("finds an endpoint that is no good: %j", async (answer, text) => {
    environment.answers.serviceendpoints = answer;
    await show();

    expect(found("Webhook endpoint")).toContain("Look here");
    expect(found("Webhook endpoint")).toContain(text);
    expect(found("Webhook endpoint")).toContain("python -m solution.tools deploy");
  });

  it("counts steps that are enabled, and forgives only those that are optional", async () => {
    const enabled = (kept: (optional: boolean, place: number) => boolean): void => {
      environment.answers.sdkmessageprocessingsteps = solution.steps.map(
        ({ id, optional }, place) => ({
          sdkmessageprocessingstepid: id,
          statecode: kept(optional, place) ? 0 : 1,
        }),
      );
    };
    enabled((optional) => !optional);
    await show();
    expect(found("Webhook steps")).toMatch(/^OK.*That is fine/);

    enabled((_, place) => place > 0);
    await show();
    expect(found("Webhook steps")).toContain("Look here");
  });

  it.each([
    [undefined, "Cannot tell", "That does not mean they are down."],
    [{ status: 404, content: {} }, "Look here", "something answers that is not them (status 404)"],
    [{ status: 200, content: {} }, "Look here", "something answers that is not them"],
    [
      { status: 200, content: { status: "up", dataverse: { reachable: false } } },
      "Look here",
      "Dataverse did not answer them",
    ],
    [
      { status: 200, content: { status: "up", dataverse: { reachable: null } } },
      "Cannot tell",
      "have not asked Dataverse anything yet",
    ],
  ] as const)("judges the functions by what they answer: %j", async (answer, verdict, text) => {
    environment.functions = answer;
    await show();

    expect(found("Functions")).toContain(verdict);
    expect(found("Functions")).toContain(text);
  });

  it("asks nobody for the functions' health where nobody knows where they are", async () => {
    environment.answers.serviceendpoints = "forbidden";
    await show();

    expect(found("Functions")).toContain("Cannot tell");
    expect(environment.probed).toEqual([]);
  });

  it("only reads", async () => {
    await show();

    expect(environment.writes).toEqual([]);
  });

  it("looks again when asked to", async () => {
    environment.answers.cht_timelogs = "missing";
    await show();
    environment.answers.cht_timelogs = [];
    await userEvent.setup().click(screen.getByRole("button", { name: "Check again" }));
    await new Promise((done) => setTimeout(done));

    expect(summary()).toBe("Everything is in place.");
  });

  it.each(["en", "ar"] as const)("breaks no rule in %s", async (language) => {
    environment.answers.cht_timelogs = "missing";
    environment.functions = undefined;
    await show(language);

    const { violations } = await axe.run(document.body, {
      rules: { "color-contrast": { enabled: false } }, // nothing is painted here
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(within(screen.getByRole("list")).getAllByRole("listitem")).toHaveLength(11);
  });
});
