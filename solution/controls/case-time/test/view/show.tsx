import * as React from "react";
import { cleanup, render, screen, within, type RenderResult } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { afterEach } from "vitest";
import { CaseTimeView } from "../../CaseTime/view/CaseTimeView";
import type { ViewEnvironment } from "../../CaseTime/view/environment";
import { NOW, type FakeWidget } from "./fakeWidget";
import { formTexts, type Language } from "./resx";

afterEach(cleanup);

// jsdom lays nothing out, and Fluent's keyboard help skips what has no place on the page.
Object.defineProperty(HTMLElement.prototype, "offsetParent", {
  get(this: HTMLElement) {
    return this.parentElement;
  },
});
document.body.getBoundingClientRect = () => new DOMRect(0, 0, 1024, 768);

export interface Shown extends RenderResult {
  readonly user: UserEvent;
}

export function environmentIn(language: Language): ViewEnvironment {
  return {
    text: formTexts(language),
    locale: language,
    rightToLeft: language === "ar",
    theme: undefined,
    clientUrl: "https://office.example",
    support: () => "0.1 · service · Xrm.App.sessions",
    now: () => NOW,
  };
}

/** Put the card of a case on the page. */
export function show(widget: FakeWidget, language: Language = "en"): Shown {
  const shown = render(<CaseTimeView widget={widget} environment={environmentIn(language)} />);
  return { ...shown, user: userEvent.setup() };
}

export function card(): HTMLElement {
  return screen.getByRole("region", { name: "Case handling time" });
}

/** Return the figure beside a label, as it is read. */
export function figure(label: string): string {
  const term = within(card()).getByText(label, { selector: "dt" });
  return plain(term.nextElementSibling?.textContent);
}

export function total(): string {
  return plain(screen.getByRole("timer").textContent);
}

/** Spaces that do not break are spaces. */
export function plain(text: string | null | undefined): string {
  return (text ?? "").replace(/[\u00a0\u202f]/g, " ");
}

export function button(name: string | RegExp): HTMLElement {
  return screen.getByRole("button", { name });
}

/** Go on with Tab until an element has the focus: the way without a pointer. */
export async function tabTo(user: UserEvent, element: HTMLElement): Promise<void> {
  for (let steps = 0; document.activeElement !== element; steps += 1) {
    if (steps > 60) {
      throw new Error(`the keyboard does not reach ${element.outerHTML}`);
    }
    await user.tab();
  }
}

/** Return a promise that is settled from outside. */
export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
