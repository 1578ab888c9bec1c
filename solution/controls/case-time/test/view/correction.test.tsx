import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { GatewayError } from "../../CaseTime/core/gateway";
import { FakeWidget, OPEN_HISTORY } from "./fakeWidget";
import { button, show, tabTo, type Shown } from "./show";

async function openDialog(widget: FakeWidget): Promise<Shown> {
  const shown = show(widget);
  await shown.user.click(button("Edit automatic time"));
  return shown;
}

function dialog(): HTMLElement {
  return screen.getByRole("dialog", { name: "Edit automatic time" });
}

function newTime(): HTMLInputElement {
  return within(dialog()).getByLabelText(/New automatic time/);
}

function reason(): HTMLInputElement {
  return within(dialog()).getByLabelText(/Reason/);
}

function difference(): string | null | undefined {
  return within(dialog()).getByText("Difference").nextElementSibling?.textContent;
}

test("the dialog shows what the time is and that nothing tracked is lost", async () => {
  await openDialog(new FakeWidget({ history: OPEN_HISTORY }));

  expect(newTime().value).toBe("1:00:00");
  expect(within(dialog()).getByText("Now").nextElementSibling?.textContent).toBe("1 hr");
  expect(within(dialog()).getByText(/What was tracked stays as it is/)).toBeTruthy();
});

test.each([
  ["1:05:00", "+0:05:00"],
  ["45", "−0:15:00"],
  ["2:00", "+1:00:00"],
  ["nonsense", "–"],
])("typing %s shows a difference of %s", async (typed, expected) => {
  const { user } = await openDialog(new FakeWidget({ history: OPEN_HISTORY }));

  await user.clear(newTime());
  await user.type(newTime(), typed);

  expect(difference()).toBe(expected);
});

test("a correction needs a reason", async () => {
  const widget = new FakeWidget({ history: OPEN_HISTORY });
  const { user } = await openDialog(widget);
  await user.clear(newTime());
  await user.type(newTime(), "1:05:00");

  await user.click(button("Save"));
  expect(screen.getByText("Enter a reason.")).toBeTruthy();
  expect(document.activeElement).toBe(reason());

  await user.type(reason(), "Was on the phone");
  await user.click(button("Save"));
  expect(widget.calls).toEqual([["correctOwnTime", 3900, "Was on the phone"]]);
});

test("a correction to what it is already is none", async () => {
  const widget = new FakeWidget({ history: OPEN_HISTORY });
  const { user } = await openDialog(widget);
  await user.type(reason(), "No change");

  await user.click(button("Save"));

  expect(screen.getByText("This is what it is now.")).toBeTruthy();
  expect(widget.calls).toEqual([]);
});

test("automatic time can be set to nothing", async () => {
  const widget = new FakeWidget({ history: OPEN_HISTORY });
  const { user } = await openDialog(widget);
  await user.clear(newTime());
  await user.type(newTime(), "0");
  await user.type(reason(), "Left the form open");

  await user.click(button("Save"));

  expect(widget.calls).toEqual([["correctOwnTime", 0, "Left the form open"]]);
});

test.each([
  ["", "Enter a duration such as 45 or 1:30."],
  ["9000:00", "Enter at most 366 days."],
])("a new time of “%s” is refused", async (typed, message) => {
  const { user } = await openDialog(new FakeWidget({ history: OPEN_HISTORY }));

  await user.clear(newTime());
  if (typed) {
    await user.type(newTime(), typed);
  }

  expect(screen.getByText(message)).toBeTruthy();
});

test("what the service says of the reason is shown at the reason", async () => {
  const widget = new FakeWidget({ history: OPEN_HISTORY });
  widget.outcome = () => Promise.reject(new GatewayError("refused", "422", { field: "reason" }));
  const { user } = await openDialog(widget);
  await user.clear(newTime());
  await user.type(newTime(), "30");
  await user.type(reason(), "?");

  await user.click(button("Save"));

  expect(reason().getAttribute("aria-invalid")).toBe("true");
});

test("the keyboard opens and leaves the dialog, and the focus comes back", async () => {
  const { user } = show(new FakeWidget({ history: OPEN_HISTORY }));
  const edit = button("Edit automatic time");

  await tabTo(user, edit);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(document.activeElement).toBe(newTime()));
  await user.keyboard("{Escape}");

  await waitFor(() => expect(document.activeElement).toBe(edit));
});

test("only her own automatic time has Edit, and only where it can be corrected", () => {
  const widget = new FakeWidget({
    history: OPEN_HISTORY,
    abilities: { everyone: true, correction: false },
  });
  const { unmount } = show(widget);
  expect(screen.queryByRole("button", { name: "Edit automatic time" })).toBeNull();
  unmount();

  show(new FakeWidget({ history: OPEN_HISTORY }));
  expect(screen.getAllByRole("button", { name: "Edit automatic time" })).toHaveLength(1);
});
