import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { StoppedWhy } from "../../CaseTime/core/widget";
import { FakeWidget } from "./fakeWidget";
import { card, show } from "./show";

const REASONS: readonly (readonly [StoppedWhy, string])[] = [
  ["case_resolved", "Not tracking: the case is resolved"],
  ["case_cancelled", "Not tracking: the case is canceled"],
  ["tracking_disabled", "Not tracking: turned off by your administrator"],
  ["idle", "Not tracking: no activity for a while"],
  ["hidden", "Not tracking: this page is in the background"],
  ["other_window", "Not tracking: another window is in front"],
  ["other_case", "Not tracking: another case is in focus"],
  ["not_shown", "Not tracking: the case is not in front"],
  ["starting", "Tracking starts in a moment"],
];

test("running time is shown in words", () => {
  show(new FakeWidget());

  expect(card().textContent).toContain("Tracking your time");
});

test.each(REASONS)("a card that is stopped by %s says: %s", (stoppedWhy, words) => {
  show(new FakeWidget({ running: false, stoppedWhy }));

  expect(screen.getByText(words)).toBeTruthy();
});

test("listeners hear that tracking stopped, and not each reason after that", () => {
  const widget = new FakeWidget();
  show(widget);
  const status = screen.getByRole("status");
  const heard: (string | null)[] = [status.textContent];
  const put = (changes: Parameters<FakeWidget["put"]>[0]): void => {
    act(() => widget.put(changes));
    heard.push(status.textContent);
  };

  put({ running: false, stoppedWhy: "other_window" });
  put({ running: false, stoppedWhy: "hidden" });
  put({ running: true, stoppedWhy: null });

  expect(heard).toEqual([
    "Time is being tracked.",
    "Time is not being tracked.",
    "Time is not being tracked.",
    "Time is being tracked.",
  ]);
});

test("the ticker is no live region", () => {
  show(new FakeWidget());

  expect(screen.getByRole("timer").getAttribute("aria-live")).toBe("off");
});

test("a card that is taken off the form listens to nothing any more", () => {
  const widget = new FakeWidget();
  const { unmount } = show(widget);

  unmount();

  expect(widget.watchers).toBe(0);
});
