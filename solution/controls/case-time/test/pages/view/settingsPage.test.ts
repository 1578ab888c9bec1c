import axe from "axe-core";
import { screen, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataverseSettings } from "../../../pages/core/settingsStore";
import { SettingsPage } from "../../../pages/view/settingsPage";
import { FakeDataverse, HUB } from "../fakeDataverse";
import { type LanguageTag, pageWords } from "./words";

const INTERVAL = "cht_UpdateIntervalMinutes";
const MY_TIME = "cht_MyTimeVisible";

let dataverse: FakeDataverse;
let user: UserEvent;
let page: SettingsPage;

beforeEach(() => {
  dataverse = new FakeDataverse();
  user = userEvent.setup();
});

afterEach(() => {
  document.body.replaceChildren();
});

async function show(language: LanguageTag = "en"): Promise<void> {
  page = new SettingsPage(
    new DataverseSettings(dataverse, language),
    pageWords("settings", language),
  );
  document.body.replaceChildren(page.element);
  await page.load();
}

function setting(label: string): ReturnType<typeof within> {
  return within(screen.getByRole("group", { name: label }));
}

function interval(): HTMLElement {
  return setting("Update interval (minutes)").getByRole("textbox");
}

function preview(): string {
  return screen.getByRole("region", { name: "What representatives will see" }).textContent ?? "";
}

async function chooseHub(): Promise<void> {
  await user.selectOptions(screen.getByLabelText("Settings for"), HUB.id);
}

async function save(): Promise<void> {
  await user.click(screen.getByRole("button", { name: "Save" }));
  await new Promise((done) => setTimeout(done));
}

describe("the settings page", () => {
  it("shows what holds and where it comes from", async () => {
    dataverse.set(INTERVAL, "30");
    dataverse.set(MY_TIME, "false", HUB);
    await show();
    await chooseHub();

    const text = (label: string): string =>
      screen.getByRole("group", { name: label }).textContent ?? "";
    expect(text("Update interval (minutes)")).toContain(
      "In effect: 30 minutesFrom the environment",
    );
    expect(text("Show the My time toggle")).toContain("In effect: NoSet for this app");
    expect(text("Allow time logs")).toContain("In effect: YesDefault");
    expect(text("Idle limit (minutes)")).toContain("In effect: No limitDefault");
    expect(text("Reporting time zone")).toContain("Set for the whole environment only.");
    expect(setting("Reporting time zone").queryByRole("radio")).toBeNull();
  });

  it("says what is done with a stored value that is out of range", async () => {
    dataverse.set(INTERVAL, "5");
    await show();

    expect(interval()).toHaveProperty("value", "5");
    setting("Update interval (minutes)").getByText(
      "“5” is stored, which is outside 10 to 60. 10 minutes is used.",
    );
  });

  it("saves what is chosen for an app, and says how long that takes", async () => {
    await show();
    await chooseHub();
    await user.click(setting("Show the My time toggle").getByRole("radio", { name: "No" }));
    await user.type(interval(), "20");
    await save();

    expect(dataverse.value(MY_TIME, HUB)).toBe("false");
    expect(dataverse.value(INTERVAL, HUB)).toBe("20");
    expect(screen.getByRole("status").textContent).toBe(
      "Saved: Update interval (minutes), Show the My time toggle. It takes up to 60 seconds;" +
        " open widgets follow with their next update or Refresh.",
    );
  });

  it("goes back to the environment's value", async () => {
    dataverse.set(INTERVAL, "30", HUB);
    await show();
    await chooseHub();
    await user.click(screen.getByRole("radio", { name: "As in the environment: 10 minutes" }));
    await save();

    expect(dataverse.value(INTERVAL, HUB)).toBeUndefined();
  });

  it("puts an error at its field, goes there, and sends nothing", async () => {
    await show();
    await user.type(interval(), "9");
    await save();

    expect(document.activeElement).toBe(interval());
    expect(interval().getAttribute("aria-invalid")).toBe("true");
    const error = document.getElementById(interval().getAttribute("aria-describedby")!);
    expect(error?.textContent).toBe("Enter a number from 10 to 60.");
    expect(dataverse.writes).toEqual([]);
  });

  it("begins with the value that holds when one of one's own is wanted", async () => {
    await show();
    await user.click(
      setting("Keep focus segments (days)").getByRole("radio", {
        name: "Value for the environment",
      }),
    );

    expect(setting("Keep focus segments (days)").getByRole("textbox")).toHaveProperty(
      "value",
      "90",
    );
  });

  it("shows beforehand what representatives will see, and says that it is not saved", async () => {
    await show();
    expect(preview()).toContain("As saved");
    expect(preview()).toContain("My time");
    await user.click(setting("Show the My time toggle").getByRole("radio", { name: "No" }));
    await user.click(setting("Allow time logs").getByRole("radio", { name: "No" }));
    await user.click(setting("Track case handling time").getByRole("radio", { name: "No" }));
    await user.type(setting("Idle limit (minutes)").getByRole("textbox"), "5");

    expect(preview()).toContain("With changes that aren’t saved");
    expect(preview()).toContain("My total time");
    expect(preview()).toContain("Only one’s own time is shown.");
    expect(preview()).toContain("Not tracking: turned off by your administrator");
    expect(preview()).not.toContain("Add time log");
    expect(preview()).toContain("After 5 minutes without keyboard or pointer, tracking ends.");
  });

  it("tells each setting that could not be saved, and why, and keeps what was typed", async () => {
    await show();
    await user.type(interval(), "20");
    await user.click(setting("Allow time logs").getByRole("radio", { name: "No" }));
    dataverse.fault = ({ body }) =>
      body?.SettingName === INTERVAL ? { reason: "forbidden" } : undefined;
    await save();

    const status = screen.getByRole("status").textContent;
    expect(status).toContain("Saved: Allow time logs.");
    expect(status).toContain("Not saved: Update interval (minutes).");
    setting("Update interval (minutes)").getByText("You don’t have permission to do this.");
    expect(interval()).toHaveProperty("value", "20");
    expect(page.isChanged).toBe(true);
  });

  it("says that somebody else was faster, and what she set", async () => {
    await show();
    await user.type(interval(), "20");
    dataverse.set(INTERVAL, "45");
    await save();

    setting("Update interval (minutes)").getByText(
      "Somebody else has set this to 45 minutes meanwhile. Save again to replace that.",
    );
  });

  it("keeps changes of the environment while an app is shown, and says so", async () => {
    await show();
    await user.type(interval(), "20");
    await chooseHub();

    screen.getByText("Not saved yet for: The whole environment");
    expect(page.isChanged).toBe(true);
  });

  it("says that the values of apps are withheld, and why", async () => {
    dataverse.fault = ({ path }) =>
      path.startsWith("appsettings") ? { reason: "forbidden" } : undefined;
    await show();

    screen.getByText(
      "The values of single apps can’t be shown, only the environment’s. " +
        "You don’t have permission to do this.",
    );
    expect(setting("Show the My time toggle").getAllByRole("radio")).not.toEqual([]);
  });

  it("says that what was saved for an app has to be published", async () => {
    dataverse.unpublished = true;
    await show();
    await chooseHub();
    await user.click(setting("Show the My time toggle").getByLabelText("No"));
    await save();

    setting("Show the My time toggle").getByText(/^Dataverse accepted this and still shows/);
  });

  it("discards what is not wanted", async () => {
    await show();
    await user.type(interval(), "20");
    screen.getByText("1 change not saved");
    await user.click(screen.getByRole("button", { name: "Discard changes" }));

    expect(interval()).toHaveProperty("value", "");
    expect(page.isChanged).toBe(false);
    const boxes = [...page.element.querySelectorAll(".error, .notice, .tag")];
    expect(boxes.filter((box) => box.textContent === "" && !box.hasAttribute("hidden"))).toEqual(
      [],
    );
  });

  it("leaves the keyboard where it is while it saves", async () => {
    await show();
    await user.type(interval(), "20{Enter}");
    await new Promise((done) => setTimeout(done));

    expect(dataverse.value(INTERVAL)).toBe("20");
    expect(document.activeElement).toBe(interval());
  });

  it("offers zones to search in", async () => {
    await show();
    const field = setting("Reporting time zone").getByRole("combobox");
    await user.click(field);
    const list = field.getAttribute("list")!;

    const offered = [...document.querySelectorAll(`#${list} option`)].map((each) =>
      each.getAttribute("value"),
    );
    expect(offered).toContain("Europe/Berlin");
    expect(offered).toContain("Asia/Kolkata");
    expect(offered).toContain("UTC");
  });
});

describe("in the place of the page", () => {
  it("stands why somebody may not change settings", async () => {
    dataverse.privileges = ["prvReadOrganizationSetting"];
    await show();

    expect(screen.getByRole("alert").textContent).toContain(
      "You don’t have permission to change these settings",
    );
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("stands that nothing could be loaded, with a way to try again", async () => {
    dataverse.fault = () => ({ reason: "unreachable" });
    await show();
    expect(screen.getByRole("alert").textContent).toContain("Dataverse doesn’t answer.");

    dataverse.fault = () => undefined;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await new Promise((done) => setTimeout(done));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(
      "Case handling time settings",
    );
  });

  it("stands that the solution is missing", async () => {
    dataverse.defined = [];
    await show();

    expect(screen.getByRole("alert").textContent).toContain("Import the solution");
  });
});

describe("for everybody", () => {
  it.each(["en", "ar"] as const)("no rule is broken in %s", async (language) => {
    dataverse.set(INTERVAL, "5");
    await show(language);

    const { violations } = await axe.run(page.element, {
      rules: { "color-contrast": { enabled: false } }, // nothing is painted here
    });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
