import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { GatewayError } from "../../CaseTime/core/gateway";
import type { WidgetState } from "../../CaseTime/core/widget";
import { FakeWidget, READY } from "./fakeWidget";
import { button, card, plain, show } from "./show";

function messages(): string[] {
  return [...document.querySelectorAll(".fui-MessageBarBody")].map((body) =>
    plain(body.textContent),
  );
}

function waiting(changes: Partial<WidgetState["waiting"]>): WidgetState["waiting"] {
  return { ...READY.waiting, ...changes };
}

test("a card with nothing to say says nothing", () => {
  show(new FakeWidget());

  expect(messages()).toEqual([]);
});

test.each([
  [0, "You’re offline. Your time is recorded on this device and sent later."],
  [1, "You’re offline. 1 entry waits on this device and is sent later."],
  [1200, "You’re offline. 1,200 entries wait on this device and are sent later."],
])("offline with %d waiting", (segments, expected) => {
  show(new FakeWidget({ connection: "offline", waiting: waiting({ segments }) }));

  expect(messages()).toEqual([expected]);
});

test.each([
  [1, "تسجيل واحد ينتظر"],
  [2, "تسجيلان ينتظران"],
  [3, "3 تسجيلات تنتظر"],
  [11, "11 تسجيلًا ينتظر"],
  [100, "100 تسجيل ينتظر"],
])("Arabic has a form of its own for %d", (segments, words) => {
  show(new FakeWidget({ connection: "offline", waiting: waiting({ segments }) }), "ar");

  expect(messages()[0]).toContain(words);
});

test("a service that does not answer is told from a device that is offline", () => {
  show(new FakeWidget({ connection: "unreachable", waiting: waiting({ segments: 2 }) }));

  expect(messages()[0]).toMatch(/^The service doesn’t answer at the moment. 2 entries/);
});

test.each([
  ["case_not_active", "The case was not active at that time."],
  ["future", "The clock of this device is ahead."],
  ["too_old", "It was too long ago."],
  ["too_long", "It was longer than one update interval."],
  ["case_not_found", "The case no longer exists."],
  ["tracking_disabled", "Time tracking was turned off."],
  ["not_allowed", "You may not work on this case."],
  ["empty", "It was shorter than a second."],
  ["something_new", "The service did not accept it."],
  [null, "The service did not accept it."],
])("seconds refused for %s are told with the reason", (refusedReason, why) => {
  show(new FakeWidget({ waiting: waiting({ refusedSeconds: 300, refusedReason }) }));

  expect(messages()).toEqual([`5 minutes of your time was not counted. ${why}`]);
});

test("full and volatile storage are told", () => {
  const widget = new FakeWidget({ waiting: waiting({ full: true }) });
  show(widget);
  expect(messages()[0]).toMatch(/^No more time can be kept on this device/);

  act(() => widget.put({ waiting: waiting({ volatile: true }) }));
  expect(messages()[0]).toMatch(/^This browser keeps nothing on the device/);
});

test("never more than two, the most important first", () => {
  show(
    new FakeWidget({
      connection: "offline",
      route: "withoutSignIn",
      waiting: waiting({ full: true, volatile: true, refusedSeconds: 5, segments: 9 }),
    }),
  );

  expect(messages().map((text) => text.slice(0, 20))).toEqual([
    "No more time can be ",
    "You’re offline. 9 en",
  ]);
});

test("without sign-in the card says what that means, and offers it where it helps", async () => {
  const widget = new FakeWidget({ route: "withoutSignIn", signInOffered: true });
  const { user } = show(widget);
  expect(messages()[0]).toMatch(/^You’re signed in to Dataverse only/);

  await user.click(button("Sign in"));

  expect(widget.calls).toEqual([["signIn"]]);
});

test("where the service cannot be reached at all the card says so, without a button", () => {
  show(new FakeWidget({ route: "withoutSignIn" }));

  expect(messages()[0]).toMatch(/^The service can’t be reached from this environment/);
  expect(screen.queryByRole("button", { name: "Sign in" })).toBeNull();
});

test("a sign-in that failed says so in the same message", async () => {
  const widget = new FakeWidget({ route: "withoutSignIn", signInOffered: true });
  widget.outcome = () => Promise.reject(new GatewayError("unreachable", "no"));
  const { user } = show(widget);

  await user.click(button("Sign in"));

  expect(messages()).toEqual(["Sign-in did not work. Try again."]);
});

test("a case she may not see shows no figures", () => {
  show(new FakeWidget({ phase: "forbidden" }));

  expect(card().textContent).toContain("You don’t have permission to see");
  expect(screen.queryByRole("timer")).toBeNull();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a case that could not be loaded can be tried again", async () => {
  const widget = new FakeWidget({ phase: "failed" });
  const { user } = show(widget);

  await user.click(button("Try again"));

  expect(widget.calls).toEqual([["refresh"]]);
});

test("a card that loads says so and shows no figures", () => {
  show(new FakeWidget({ phase: "loading" }));

  expect(screen.getByLabelText("Loading case handling time")).toBeTruthy();
  expect(screen.queryByRole("timer")).toBeNull();
});
