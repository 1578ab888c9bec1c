import { act, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { GatewayError } from "../../CaseTime/core/gateway";
import { FakeWidget, HISTORY, OPEN_HISTORY, timeLog } from "./fakeWidget";
import { button, plain, show, tabTo } from "./show";

function list(title: string): HTMLElement {
  return screen.getByRole("region", { name: title });
}

function entries(title: string): string[] {
  const [entriesOfList] = within(list(title)).getAllByRole("list");
  return [...(entriesOfList?.children ?? [])].map((entry) => plain(entry.textContent));
}

test("the history is closed at first and opened by keyboard", async () => {
  const widget = new FakeWidget();
  const { user } = show(widget);
  const disclosure = button("History");
  expect(disclosure.getAttribute("aria-expanded")).toBe("false");

  await tabTo(user, disclosure);
  await user.keyboard("{Enter}");

  expect(widget.calls).toEqual([["setHistoryOpen", true]]);
  expect(disclosure.getAttribute("aria-expanded")).toBe("true");
});

test("automatic time shows what was tracked and each correction of it", () => {
  show(new FakeWidget({ history: OPEN_HISTORY }));
  const [own, other] = entries("Automatic time");

  expect(own).toContain("Amira (demo) (you)1 hrTracked: 55 min");
  expect(own).toContain("Corrected from 55 min to 1 hr (+0:05:00)");
  expect(own).toContain("Called the customer from the car");
  expect(other).toContain("Ben (demo)1 hr 30 minTracked: 1 hr 30 min");
});

test("below the lists stands which version this is and how it runs, also when they did not come", () => {
  show(new FakeWidget({ history: { ...OPEN_HISTORY, failed: true, lists: undefined } }));

  screen.getByText("For support: 0.1 · service · Xrm.App.sessions");
});

test("time logs stand in the order they came in, newest first", () => {
  show(new FakeWidget({ history: OPEN_HISTORY }));

  expect(entries("Time logs").map((entry) => entry.slice(0, 12))).toEqual([
    "Research30 m",
    "Collaboratio",
    "External too",
  ]);
});

test("a voided time log is struck, labelled, and can be restored and not edited", () => {
  const log = timeLog("t2", { status: "voided" });
  const timeLogs = { items: [log], nextCursor: null };
  show(new FakeWidget({ history: { ...OPEN_HISTORY, lists: { ...HISTORY, timeLogs } } }));
  const voided = within(list("Time logs"));

  expect(voided.getByText("Research").tagName).toBe("S");
  expect(voided.getByText("Voided")).toBeTruthy();
  expect(voided.getAllByRole("button").map((each) => each.textContent)).toEqual(["Restore"]);
});

test("somebody else's time log offers nothing", () => {
  const timeLogs = { items: [timeLog("t3", { mine: false })], nextCursor: null };
  show(new FakeWidget({ history: { ...OPEN_HISTORY, lists: { ...HISTORY, timeLogs } } }));

  expect(within(list("Time logs")).queryByRole("button")).toBeNull();
});

test("voiding and restoring keep the focus on the entry", async () => {
  const widget = new FakeWidget({ history: OPEN_HISTORY });
  const { user } = show(widget);
  const name = "Research, 30 min, Mar 10, 2026";

  await tabTo(user, button(`Void: ${name}`));
  await user.keyboard("{Enter}");
  const timeLogs = { items: [timeLog("t1", { status: "voided" })], nextCursor: null };
  act(() => widget.put({ history: { ...OPEN_HISTORY, lists: { ...HISTORY, timeLogs } } }));

  expect(document.activeElement).toBe(button(`Restore: ${name}`));
  await user.keyboard("{Enter}");
  expect(widget.calls).toEqual([
    ["voidTimeLog", "t1"],
    ["restoreTimeLog", "t1"],
  ]);
});

test("a void that failed says so at the entry", async () => {
  const widget = new FakeWidget({ history: OPEN_HISTORY });
  widget.outcome = () => Promise.reject(new GatewayError("missing", "404"));
  const { user } = show(widget);

  await user.click(button(/^Void:/));

  expect(within(list("Time logs")).getByRole("alert").textContent).toContain("no longer exists");
});

test("activities say what, who, how long and how far", () => {
  show(new FakeWidget({ history: OPEN_HISTORY }));

  expect(entries("Activities")[0]).toMatch(
    /^Call with the customer15 minPhone call · Ben \(demo\) · .* · Completed$/,
  );
});

test("a name that runs against the direction of its line takes no date along", () => {
  show(new FakeWidget({ history: OPEN_HISTORY }), "ar");

  const alone = [...document.querySelectorAll("bdi")].map(({ textContent }) => textContent);
  expect(alone.filter((text) => text === "Ben (demo)")).toHaveLength(2);
});

test("more is shown where there is more, by keyboard", async () => {
  const widget = new FakeWidget({ history: OPEN_HISTORY });
  const { user } = show(widget);

  await tabTo(user, button("Show more: Time logs"));
  await user.keyboard("{Enter}");

  expect(widget.calls).toEqual([["loadMore", "timeLogs"]]);
  expect(screen.getAllByRole("button", { name: /^Show more/ })).toHaveLength(1);
});

test("more that could not be loaded is said where it is missed", async () => {
  const widget = new FakeWidget({ history: OPEN_HISTORY });
  widget.outcome = () => Promise.reject(new GatewayError("unreachable", "503"));
  const { user } = show(widget);

  await user.click(button("Show more: Time logs"));

  expect(within(list("Time logs")).getByText(/The service doesn’t answer/)).toBeTruthy();
});

test("lists without entries say so", () => {
  const none = { items: [], nextCursor: null };
  const lists = { ...HISTORY, automaticTime: none, timeLogs: none, activities: none };
  show(new FakeWidget({ history: { ...OPEN_HISTORY, lists } }));

  expect(
    screen.getByText("No automatic time yet. It appears after the first update."),
  ).toBeTruthy();
  expect(screen.getByText("No time has been logged yet.")).toBeTruthy();
  expect(screen.getByText("No time from activities yet.")).toBeTruthy();
});

test("a history that loads says so", () => {
  show(new FakeWidget({ history: { open: true, loading: true, failed: false, lists: undefined } }));

  expect(screen.getByRole("progressbar", { name: "Loading history" })).toBeTruthy();
});

test("a history that failed offers another try and keeps what there was", async () => {
  const widget = new FakeWidget({ history: { ...OPEN_HISTORY, failed: true } });
  const { user } = show(widget);

  expect(screen.getByText("The history could not be loaded.")).toBeTruthy();
  expect(list("Time logs")).toBeTruthy();
  await user.click(button("Try again"));

  expect(widget.calls).toEqual([["refresh"]]);
});
