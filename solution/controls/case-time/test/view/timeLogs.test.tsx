import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { GatewayError } from "../../CaseTime/core/gateway";
import { FakeWidget, OPEN_HISTORY, READY } from "./fakeWidget";
import { button, deferred, show, tabTo, type Shown } from "./show";

async function openDialog(widget: FakeWidget): Promise<Shown> {
  const shown = show(widget);
  await shown.user.click(button("Add time log"));
  return shown;
}

function field(label: string | RegExp): HTMLInputElement {
  return within(screen.getByRole("dialog")).getByLabelText<HTMLInputElement>(label);
}

async function type(user: Shown["user"], label: string | RegExp, text: string): Promise<void> {
  await user.clear(field(label));
  await user.type(field(label), text);
}

function isInvalid(label: string | RegExp): boolean {
  return field(label).getAttribute("aria-invalid") === "true";
}

test("without the administrator's permission there is no Add time log", () => {
  show(new FakeWidget({ settings: { ...READY.settings, timeLogsAllowed: false } }));

  expect(screen.queryByRole("button", { name: "Add time log" })).toBeNull();
});

test("a time log has its duration, date, category and note", async () => {
  const widget = new FakeWidget();
  const { user } = await openDialog(widget);

  await type(user, /Duration/, "1:30");
  await type(user, /Date/, "2026-03-09");
  await user.selectOptions(field(/Category/), "Collaboration");
  await type(user, /Note/, " Asked the vendor ");
  await user.click(button("Save"));

  expect(widget.calls).toEqual([
    ["addTimeLog", { minutes: 90, category: 1, note: "Asked the vendor", loggedOn: "2026-03-09" }],
  ]);
});

test("the date is today's in the reporting time zone at first", async () => {
  const settings = { ...READY.settings, reportingTimeZone: "Pacific/Kiritimati" };
  await openDialog(new FakeWidget({ settings }));

  expect(field(/Date/).value).toBe("2026-03-11");
});

test("the whole way goes by keyboard, and the focus comes back to the button", async () => {
  const widget = new FakeWidget();
  const { user } = show(widget);
  const add = button("Add time log");

  await tabTo(user, add);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(document.activeElement).toBe(field(/Duration/)));
  await user.keyboard("45{Enter}");

  expect(widget.calls).toHaveLength(1);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(add));
});

test("Escape gives the draft up, and the next dialog is a new one", async () => {
  const widget = new FakeWidget();
  const { user } = await openDialog(widget);
  await type(user, /Duration/, "45");

  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(button("Add time log")));
  await user.click(button("Add time log"));

  expect(field(/Duration/).value).toBe("");
  expect(widget.calls).toEqual([]);
});

test.each([
  ["abc", "Enter a duration such as 45 or 1:30."],
  ["0", "Enter between 1 minute and 24 hours."],
  ["1441", "Enter between 1 minute and 24 hours."],
  ["0:01:30", "Enter whole minutes."],
])("a duration of %s is refused while it is typed: %s", async (typed, message) => {
  const { user } = await openDialog(new FakeWidget());
  expect(isInvalid(/Duration/)).toBe(false);

  await type(user, /Duration/, typed);

  expect(isInvalid(/Duration/)).toBe(true);
  expect(screen.getByText(message)).toBeTruthy();
});

test("the longest time log has 24 hours", async () => {
  const widget = new FakeWidget();
  const { user } = await openDialog(widget);

  await type(user, /Duration/, "1440");
  await user.click(button("Save"));

  expect(widget.calls).toHaveLength(1);
});

test("a day to come is refused", async () => {
  const { user } = await openDialog(new FakeWidget());

  await type(user, /Date/, "2026-03-11");

  expect(isInvalid(/Date/)).toBe(true);
  expect(screen.getByText("Enter a date that is not in the future.")).toBeTruthy();
});

test("a note may have 500 characters and shows how many it has", async () => {
  const widget = new FakeWidget();
  const { user } = await openDialog(widget);
  await type(user, /Duration/, "5");

  await user.click(field(/Note/));
  await user.paste("x".repeat(500));
  expect(screen.getByText("500 of 500 characters")).toBeTruthy();
  expect(isInvalid(/Note/)).toBe(false);

  await user.paste("y");
  expect(isInvalid(/Note/)).toBe(true);
  await user.click(button("Save"));
  expect(widget.calls).toEqual([]);
});

test("Save says what is missing and goes there", async () => {
  const widget = new FakeWidget();
  const { user } = await openDialog(widget);

  await user.click(button("Save"));

  expect(screen.getByText("Enter a duration.")).toBeTruthy();
  expect(document.activeElement).toBe(field(/Duration/));
  expect(widget.calls).toEqual([]);
});

test("Save is pressed once however often it is pressed", async () => {
  const widget = new FakeWidget();
  const waiting = deferred();
  widget.outcome = () => waiting.promise;
  const { user } = await openDialog(widget);
  await type(user, /Duration/, "5");

  await user.keyboard("{Enter}");
  await user.click(button("Save"));

  expect(widget.calls).toHaveLength(1);
  await act(async () => waiting.resolve());
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("what the service says of a field is shown at the field until it is changed", async () => {
  const widget = new FakeWidget();
  widget.outcome = () =>
    Promise.reject(new GatewayError("refused", "422", { field: "body.minutes" }));
  const { user } = await openDialog(widget);
  await type(user, /Duration/, "5");

  await user.click(button("Save"));
  expect(isInvalid(/Duration/)).toBe(true);
  expect(screen.getByText("The service did not accept this value.")).toBeTruthy();
  expect(document.activeElement).toBe(field(/Duration/));

  await type(user, /Duration/, "6");
  expect(isInvalid(/Duration/)).toBe(false);
});

test.each([
  ["unreachable", /The service doesn’t answer/],
  ["signIn", /Sign in first/],
  ["blocked", /This environment doesn’t allow/],
  ["forbidden", /You don’t have permission/],
  ["missing", /It no longer exists/],
  ["refused", /The service did not accept this/],
] as const)("a save that ends %s says so and keeps the draft", async (failure, message) => {
  const widget = new FakeWidget();
  widget.outcome = () => Promise.reject(new GatewayError(failure, "no"));
  const { user } = await openDialog(widget);
  await type(user, /Duration/, "5");

  await user.click(button("Save"));

  expect(within(screen.getByRole("dialog")).getByText(message)).toBeTruthy();
  expect(field(/Duration/).value).toBe("5");
});

test("her own time log is edited with what it has", async () => {
  const widget = new FakeWidget({ history: OPEN_HISTORY });
  const { user } = show(widget);
  const edit = button("Edit: Research, 30 min, Mar 10, 2026");

  await tabTo(user, edit);
  await user.keyboard("{Enter}");
  expect(field(/Note/).value).toBe("Read the vendor's release notes");
  await type(user, /Duration/, "25");
  await user.keyboard("{Enter}");

  expect(widget.calls).toEqual([
    [
      "changeTimeLog",
      "t1",
      {
        minutes: 25,
        category: 0,
        note: "Read the vendor's release notes",
        loggedOn: "2026-03-10",
      },
    ],
  ]);
  await waitFor(() => expect(document.activeElement).toBe(edit));
});
