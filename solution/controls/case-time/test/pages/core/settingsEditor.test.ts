import { beforeEach, describe, expect, it } from "vitest";
import { outlookOf } from "../../../pages/core/outlook";
import { type Entry, SettingsEditor } from "../../../pages/core/settingsEditor";
import { DataverseSettings } from "../../../pages/core/settingsStore";
import type { SettingName } from "../../../pages/core/settingList";
import { FakeDataverse, HUB, WORKSPACE } from "../fakeDataverse";

const INTERVAL = "cht_UpdateIntervalMinutes";
const MY_TIME = "cht_MyTimeVisible";
const LOGS = "cht_TimeLogsAllowed";
const ZONE = "cht_ReportingTimeZone";

let dataverse: FakeDataverse;
let editor: SettingsEditor;

beforeEach(() => {
  dataverse = new FakeDataverse();
  editor = new SettingsEditor(new DataverseSettings(dataverse, "en"), () => undefined);
});

function entry(name: SettingName): Entry {
  return editor.entries.find(({ setting }) => setting.name === name)!;
}

function inEffect(name: SettingName): string {
  const { now } = entry(name);
  return `${now.meaning.value} from ${now.source}`;
}

describe("what holds", () => {
  it.each([
    ["the default", undefined, undefined, "true from default"],
    ["the environment's value", "false", undefined, "false from environment"],
    ["the app's own value", "false", "true", "true from app"],
  ])("is %s", async (_, environment, app, expected) => {
    if (environment !== undefined) {
      dataverse.set(MY_TIME, environment);
    }
    if (app !== undefined) {
      dataverse.set(MY_TIME, app, HUB);
    }
    await editor.load();
    editor.show(HUB.id);

    expect(inEffect(MY_TIME)).toBe(expected);
  });

  it("is another app's business alone when that app has a value", async () => {
    dataverse.set(INTERVAL, "30", WORKSPACE);
    await editor.load();
    editor.show(HUB.id);

    expect(inEffect(INTERVAL)).toBe("10 from default");
  });

  it("is the environment's for a setting that apps have no say in", async () => {
    dataverse.set(ZONE, "Europe/Berlin");
    dataverse.set(ZONE, "Asia/Tokyo", HUB);
    await editor.load();
    editor.show(HUB.id);

    expect(inEffect(ZONE)).toBe("Europe/Berlin from environment");
    expect(entry(ZONE).stored).toBe("Asia/Tokyo");
  });

  it("tells for the environment which apps go by values of their own", async () => {
    dataverse.set(INTERVAL, "30", HUB);
    await editor.load();

    expect(entry(INTERVAL).exceptions.map(({ app }) => app.name)).toEqual(["Hub"]);
    expect(editor.apps.map((app) => editor.ownValuesOf(app))).toEqual([1, 0]);
  });

  it("is read with four requests at once, apart from asking for the right to write", async () => {
    await editor.load();

    const sets = dataverse.calls.map(({ path }) => /^\w+/.exec(path)?.[0]);
    expect(sets.sort()).toEqual([
      "WhoAmI",
      "appmodules",
      "appsettings",
      "organizationsettings",
      "settingdefinitions",
      "systemusers",
      "systemusers",
    ]);
  });
});

describe("who may not", () => {
  it("write is told instead of being let fail", async () => {
    dataverse.privileges = ["prvReadOrganizationSetting"];
    await editor.load();

    expect(editor.phase.kind).toBe("refused");
  });

  it("read is told the same", async () => {
    dataverse.fault = ({ path }) =>
      path.startsWith("settingdefinitions") ? { reason: "forbidden" } : undefined;
    await editor.load();

    expect(editor.phase.kind).toBe("refused");
  });

  it("is not guessed from privileges that go by other names", async () => {
    dataverse.privileges = [];
    await editor.load();

    expect(editor.phase.kind).toBe("ready");
  });

  it("is told by the environment's settings where privileges on apps' have other names", async () => {
    dataverse.privileges = ["prvReadOrganizationSetting"];
    dataverse.fault = ({ path }) =>
      path.includes("AppSetting") ? { reason: "refused" } : undefined;
    await editor.load();

    expect(editor.phase.kind).toBe("refused");
  });

  it("is not guessed where privileges cannot be asked for", async () => {
    dataverse.fault = ({ path }) =>
      path.startsWith("systemusers") ? { reason: "refused" } : undefined;
    await editor.load();

    expect(editor.phase.kind).toBe("ready");
  });
});

describe("an environment", () => {
  it("without the solution is told apart from one that does not answer", async () => {
    dataverse.defined = [];
    await editor.load();
    expect(editor.phase.kind).toBe("absent");

    dataverse.fault = () => ({ reason: "unreachable" });
    await editor.load();
    expect(editor.phase).toMatchObject({ kind: "failed", reason: "unreachable" });
  });

  it("with some of the settings says which are missing", async () => {
    dataverse.defined = [INTERVAL];
    await editor.load();

    expect(editor.entries.filter(({ exists }) => exists).map((each) => each.setting.name)).toEqual([
      INTERVAL,
    ]);
  });
});

describe("an environment that withholds the values of apps", () => {
  it.each(["forbidden", "refused", "missing"] as const)(
    "because they are %s has its own all the same",
    async (reason) => {
      dataverse.set(MY_TIME, "false");
      dataverse.set(MY_TIME, "true", HUB);
      dataverse.fault = ({ path }) => (path.startsWith("appsettings") ? { reason } : undefined);
      await editor.load();

      expect(editor.phase.kind).toBe("ready");
      expect(inEffect(MY_TIME)).toBe("false from environment");
      expect([editor.apps, editor.appsWithheld]).toEqual([[], reason]);
    },
  );

  it("lets them be saved", async () => {
    dataverse.fault = ({ path }) =>
      path.startsWith("appsettings") ? { reason: "forbidden" } : undefined;
    await editor.load();
    editor.choose(INTERVAL, "20");

    expect(await editor.save()).toBe("saved");
    expect(dataverse.value(INTERVAL)).toBe("20");
  });

  it("is told apart from one that does not answer", async () => {
    dataverse.fault = ({ path }) =>
      path.startsWith("appsettings") ? { reason: "unreachable" } : undefined;
    await editor.load();

    expect(editor.phase).toMatchObject({ kind: "failed", reason: "unreachable" });
  });
});

describe("choosing", () => {
  beforeEach(async () => {
    dataverse.set(INTERVAL, "15");
    await editor.load();
  });

  it("what is stored, in other words too, is no change", () => {
    editor.choose(INTERVAL, "015");

    expect(editor.changes).toEqual([]);
  });

  it("the bound that a stored value counts as is a change: it mends the value", async () => {
    dataverse.set(INTERVAL, "5");
    await editor.load();
    editor.choose(INTERVAL, "10");

    expect(editor.changes.map(({ before, after }) => [before, after])).toEqual([["5", "10"]]);
  });

  it("complains only when the field is left", () => {
    editor.choose(INTERVAL, "1");
    expect(entry(INTERVAL).complaint).toBeUndefined();

    editor.leave(INTERVAL);
    expect(entry(INTERVAL).complaint).toBe("outside");
  });

  it("says nothing about stored nonsense that is left alone", async () => {
    dataverse.set(INTERVAL, "nonsense");
    await editor.load();
    editor.leave(INTERVAL);

    expect(entry(INTERVAL).complaint).toBeUndefined();
    expect(entry(INTERVAL).now.meaning).toEqual({ value: "10", problem: "notWhole" });
  });

  it("is kept for each scope while another is shown", () => {
    editor.choose(INTERVAL, "20");
    editor.show(HUB.id);
    expect(editor.changes).toEqual([]);
    expect(editor.changedElsewhere).toEqual([undefined]);

    editor.show(undefined);
    expect(entry(INTERVAL).chosen).toBe("20");
  });

  it("is undone by discarding", () => {
    editor.choose(INTERVAL, "20");
    editor.discard();

    expect(entry(INTERVAL).chosen).toBe("15");
    expect(editor.changes).toEqual([]);
  });
});

describe("what representatives will see", () => {
  it("follows what is chosen, app before environment before default", async () => {
    dataverse.set(LOGS, "false");
    dataverse.set(INTERVAL, "5");
    await editor.load();
    editor.show(HUB.id);
    editor.choose(MY_TIME, "false");
    editor.choose("cht_IdleLimitMinutes", "7");

    expect(outlookOf(editor.entries)).toEqual({
      isTracked: true,
      hasMyTime: false,
      hasTimeLogs: false,
      intervalMinutes: 10,
      idleMinutes: 7,
      zone: "UTC",
      isAhead: true,
    });
  });

  it("keeps to what is stored where something cannot be saved", async () => {
    dataverse.set(INTERVAL, "30");
    await editor.load();
    editor.choose(INTERVAL, "5");

    expect(outlookOf(editor.entries).intervalMinutes).toBe(30);
  });
});

describe("saving", () => {
  it("writes only what is changed, for the scope that is shown", async () => {
    await editor.load();
    editor.choose(LOGS, "false");
    editor.show(HUB.id);
    editor.choose(INTERVAL, " 020");
    editor.choose(MY_TIME, "true");
    await editor.save();

    expect(dataverse.writes.map(({ body }) => body)).toEqual([
      { SettingName: INTERVAL, Value: "20", AppUniqueName: HUB.uniqueName },
      { SettingName: MY_TIME, Value: "true", AppUniqueName: HUB.uniqueName },
    ]);
    expect(editor.changes).toEqual([]);
    expect(editor.changedElsewhere).toEqual([undefined]);
    expect(inEffect(INTERVAL)).toBe("20 from app");
  });

  it("names no app for the environment, and writes the zone as it is spelt", async () => {
    await editor.load();
    editor.choose(ZONE, "europe/berlin");
    await editor.save();

    expect(dataverse.writes.map(({ body }) => body)).toEqual([
      { SettingName: ZONE, Value: "Europe/Berlin" },
    ]);
  });

  it.each([
    ["an app's value", HUB, "appsettings"],
    ["the environment's value", undefined, "organizationsettings"],
  ])("takes %s away by deleting its row", async (_, app, table) => {
    dataverse.set(INTERVAL, "30", app);
    const { id } = dataverse.stored[0]!;
    await editor.load();
    editor.show(app?.id);
    editor.choose(INTERVAL, undefined);
    await editor.save();

    expect(dataverse.writes).toEqual([{ method: "DELETE", path: `${table}(${id})` }]);
    expect(inEffect(INTERVAL)).toBe("10 from default");
  });

  it("sends nothing while anything is wrong", async () => {
    await editor.load();
    editor.choose(INTERVAL, "5");
    editor.choose(MY_TIME, "false");

    expect(await editor.save()).toBe("invalid");
    expect(dataverse.writes).toEqual([]);
    expect(entry(INTERVAL).complaint).toBe("outside");
  });

  it("sends nothing when nothing is changed", async () => {
    await editor.load();

    expect(await editor.save()).toBe("unchanged");
    expect(dataverse.writes).toEqual([]);
  });

  it("that fails for one setting saves the others and keeps that one's value", async () => {
    await editor.load();
    editor.choose(INTERVAL, "20");
    editor.choose(LOGS, "false");
    dataverse.fault = ({ body }) =>
      body?.SettingName === INTERVAL ? { reason: "forbidden" } : undefined;
    await editor.save();

    expect(entry(INTERVAL)).toMatchObject({ chosen: "20", result: { reason: "forbidden" } });
    expect(inEffect(LOGS)).toBe("false from environment");
    expect(editor.changes.map(({ setting }) => setting.name)).toEqual([INTERVAL]);
  });

  it("of which only the answer is lost is found to be done", async () => {
    await editor.load();
    editor.choose(INTERVAL, "20");
    dataverse.fault = ({ method }) =>
      method === "POST" ? { reason: "unreachable", when: "after" } : undefined;
    await editor.save();

    expect(editor.outcome?.results.get(INTERVAL)).toEqual({ kind: "saved" });
    expect(editor.changes).toEqual([]);
  });

  it("does not begin without an answer, and loses nothing", async () => {
    await editor.load();
    editor.choose(INTERVAL, "20");
    dataverse.fault = () => ({ reason: "unreachable" });
    await editor.save();

    expect(editor.failure?.reason).toBe("unreachable");
    expect(dataverse.writes).toEqual([]);
    expect(entry(INTERVAL).chosen).toBe("20");
  });

  it("says so when it cannot look at what is stored afterwards", async () => {
    await editor.load();
    editor.choose(INTERVAL, "20");
    dataverse.fault = ({ method }) =>
      method === "GET" && dataverse.value(INTERVAL) === "20"
        ? { reason: "unreachable" }
        : undefined;
    await editor.save();

    expect(editor.outcome?.isChecked).toBe(false);
  });
});

it("a value of an app that Dataverse took and does not show yet waits to be published", async () => {
  dataverse.set(INTERVAL, "15", HUB);
  await editor.load();
  editor.show(HUB.id);
  editor.choose(INTERVAL, "30");
  dataverse.unpublished = true;
  await editor.save();

  expect(entry(INTERVAL).result).toEqual({ kind: "unpublished" });
});

describe("while somebody else works too", () => {
  it("her value is not overwritten unseen; saving again does it", async () => {
    await editor.load();
    dataverse.set(INTERVAL, "30");
    editor.choose(INTERVAL, "20");
    await editor.save();
    expect(dataverse.value(INTERVAL)).toBe("30");
    expect(entry(INTERVAL).result).toEqual({ kind: "conflict", found: "30" });

    await editor.save();
    expect(dataverse.value(INTERVAL)).toBe("20");
  });

  it("a value she has taken away is told too", async () => {
    dataverse.set(INTERVAL, "30");
    await editor.load();
    dataverse.unset(INTERVAL);
    editor.choose(INTERVAL, "20");
    await editor.save();

    expect(entry(INTERVAL).result).toEqual({ kind: "conflict", found: undefined });
  });

  it("the same wish of both is simply done", async () => {
    await editor.load();
    dataverse.set(INTERVAL, "20");
    editor.choose(INTERVAL, "20");
    await editor.save();

    expect(editor.outcome?.results.get(INTERVAL)).toEqual({ kind: "saved" });
    expect(dataverse.writes).toEqual([]);
  });

  it("what she changes beside is shown, and told", async () => {
    await editor.load();
    dataverse.set(LOGS, "false");
    editor.choose(INTERVAL, "20");
    await editor.save();

    expect(editor.outcome?.changedMeanwhile).toEqual([LOGS]);
    expect(inEffect(LOGS)).toBe("false from environment");
  });

  it("what she overwrites right after it was saved is told", async () => {
    await editor.load();
    editor.choose(INTERVAL, "20");
    dataverse.meanwhile = ({ method }) => {
      if (method === "GET" && dataverse.value(INTERVAL) === "20") {
        dataverse.set(INTERVAL, "45");
      }
    };
    await editor.save();

    expect(entry(INTERVAL).result).toEqual({ kind: "conflict", found: "45" });
  });

  it("what is typed during the saving stays", async () => {
    await editor.load();
    editor.choose(INTERVAL, "20");
    dataverse.meanwhile = ({ method }) => {
      if (method === "POST") {
        editor.choose(INTERVAL, "25");
      }
    };
    await editor.save();

    expect(dataverse.value(INTERVAL)).toBe("20");
    expect(entry(INTERVAL).chosen).toBe("25");
  });

  it("a second press of Save during the saving does nothing", async () => {
    await editor.load();
    editor.choose(INTERVAL, "20");
    const first = editor.save();

    expect(await editor.save()).toBe("busy");
    await first;
    expect(dataverse.writes).toHaveLength(1);
  });
});
