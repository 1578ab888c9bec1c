import { screen } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, test } from "vitest";
import type { WidgetState } from "../../CaseTime/core/widget";
import { FakeWidget, HISTORY, OPEN_HISTORY, PEOPLE, READY } from "./fakeWidget";
import { button, show } from "./show";
import { LANGUAGES, type Language } from "./resx";

const none = { items: [], nextCursor: null };

const STATES: Readonly<Record<string, Partial<WidgetState>>> = {
  ready: { people: PEOPLE },
  stopped: { running: false, stoppedWhy: "case_resolved" },
  loading: { phase: "loading" },
  unsaved: { phase: "unsaved", running: false, time: undefined },
  forbidden: { phase: "forbidden" },
  failed: { phase: "failed" },
  refreshing: { refreshing: true },
  offline: {
    connection: "offline",
    waiting: { ...READY.waiting, segments: 3, refusedSeconds: 9, refusedReason: "future" },
  },
  "without sign-in": {
    route: "withoutSignIn",
    signInOffered: true,
    abilities: { everyone: false, correction: false },
  },
  history: { history: OPEN_HISTORY, people: PEOPLE },
  "history loading": {
    history: { open: true, loading: true, failed: false, lists: undefined },
  },
  "history failed": { history: { open: true, loading: false, failed: true, lists: undefined } },
  "history empty": {
    history: {
      ...OPEN_HISTORY,
      lists: { ...HISTORY, automaticTime: none, timeLogs: none, activities: none },
    },
  },
};

/** jsdom has no colours and the page around the card is not ours; Chromium looks at those. */
async function violations(): Promise<string[]> {
  const found = await axe.run(document.body, {
    rules: {
      "color-contrast": { enabled: false },
      region: { enabled: false },
      "page-has-heading-one": { enabled: false },
    },
  });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test.each(Object.keys(STATES))("axe finds nothing in the state %s", async (name) => {
  show(new FakeWidget(STATES[name]));

  expect(await violations()).toEqual([]);
});

test.each(["Add time log", "Edit automatic time"])(
  "axe finds nothing in the dialog %s and its complaints",
  async (name) => {
    const { user } = show(new FakeWidget(STATES["history"]));

    await user.click(button(name));
    await user.click(button("Save"));

    expect(await violations()).toEqual([]);
  },
);

test("axe finds nothing in the list of people", async () => {
  const { user } = show(new FakeWidget({ people: PEOPLE }));

  await user.click(button(/worked on this case/));

  expect(await violations()).toEqual([]);
});

test("a card in Arabic reads from right to left", () => {
  show(new FakeWidget(), "ar");

  expect(screen.getByRole("region").closest("[dir]")?.getAttribute("dir")).toBe("rtl");
});

describe.each(Object.keys(LANGUAGES) as Language[])("in %s", (language) => {
  test.each(Object.keys(STATES))("no key and no placeholder is seen in the state %s", (name) => {
    show(new FakeWidget(STATES[name]), language);
    const labels = [...document.querySelectorAll("[aria-label]")].map((element) =>
      element.getAttribute("aria-label"),
    );

    for (const text of [document.body.textContent, ...labels]) {
      expect(text).not.toMatch(/[A-Z][A-Za-z]+_[A-Za-z]|\{\d\}|undefined|NaN/);
    }
  });
});
