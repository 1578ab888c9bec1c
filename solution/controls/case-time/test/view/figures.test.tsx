import { Profiler } from "react";
import * as React from "react";
import { act, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { CaseTimeView } from "../../CaseTime/view/CaseTimeView";
import { FakeWidget, READY, seconds, TIME } from "./fakeWidget";
import { button, deferred, environmentIn, figure, plain, show, tabTo, total } from "./show";

const OWN_ONLY = { settings: { ...READY.settings, myTimeVisible: false } };

test("everybody's figures are shown as of the last update", () => {
  const widget = new FakeWidget();
  show(widget);
  act(() => widget.tick(60));

  expect(total()).toBe("3 hr 30 min");
  expect(figure("Automatic time")).toBe("2 hr 30 min");
  expect(figure("Manual time")).toBe("1 hr");
  expect(figure("Time logs")).toBe("45 min");
  expect(figure("Activities")).toBe("15 min");
});

test("the total is said in full to listeners", () => {
  show(new FakeWidget());

  expect(screen.getByRole("timer", { name: "Total time: 3 hours, 30 minutes" })).toBeTruthy();
});

test("My time shows her own figures, counting in hours, minutes and seconds", async () => {
  const widget = new FakeWidget();
  const { user } = show(widget);

  await user.click(screen.getByRole("switch", { name: "My time" }));
  act(() => widget.tick(5));

  expect(total()).toBe("1 hr 30 min 05 sec");
  expect(figure("Automatic time")).toBe("1 hr 00 min 05 sec");
  expect(figure("Manual time")).toBe("30 min");
});

test("while My time counts, the card says that it is live; when it stops, no more", async () => {
  const widget = new FakeWidget();
  const { user } = show(widget);
  expect(screen.queryByText("Live")).toBeNull();

  await user.click(screen.getByRole("switch", { name: "My time" }));
  expect(screen.getByText("Live")).toBeTruthy();

  act(() => widget.put({ running: false, stoppedWhy: "other_window" }));
  expect(screen.queryByText("Live")).toBeNull();
});

test("My time can be switched without a pointer", async () => {
  const { user } = show(new FakeWidget());
  const toggle = screen.getByRole("switch", { name: "My time" });

  await tabTo(user, toggle);
  await user.keyboard(" ");

  expect(screen.getByText("My total time")).toBeTruthy();
});

test("switching My time off brings everybody's figures back", async () => {
  const { user } = show(new FakeWidget());
  const toggle = screen.getByRole("switch", { name: "My time" });

  await user.click(toggle);
  await user.click(toggle);

  expect(total()).toBe("3 hr 30 min");
});

test("without the administrator's permission there is no toggle, and the total is her own", () => {
  show(new FakeWidget(OWN_ONLY));

  expect(screen.queryByRole("switch")).toBeNull();
  expect(screen.getByText("My total time")).toBeTruthy();
  expect(total()).toBe("1 hr 30 min");
});

test("a gateway that knows only her own time offers no toggle", () => {
  show(new FakeWidget({ abilities: { everyone: false, correction: true } }));

  expect(screen.queryByRole("switch")).toBeNull();
});

test("a new case has 0 sec everywhere until its first update", () => {
  const none = seconds(0, 0, 0);
  show(new FakeWidget({ time: { ...TIME, ...none, mine: none } }));

  expect(total()).toBe("0 sec");
  expect(figure("Automatic time")).toBe("0 sec");
  expect(figure("Manual time")).toBe("0 sec");
});

test("a case that is not saved yet has 0 sec and says when tracking starts", () => {
  show(new FakeWidget({ phase: "unsaved", running: false, time: undefined }));

  expect(total()).toBe("0 sec");
  expect(screen.getByText("Tracking starts when the case is saved")).toBeTruthy();
  expect(screen.queryByRole("switch")).toBeNull();
});

test("figures that are not known are a dash, not a zero", () => {
  show(new FakeWidget({ time: undefined }));

  expect(total()).toBe("–");
  expect(screen.getByRole("timer", { name: "Total time: not known yet" })).toBeTruthy();
  expect(screen.getByText("Not updated yet")).toBeTruthy();
});

test("a tick renders the two tickers and not the card", async () => {
  const widget = new FakeWidget();
  const { user } = show(widget);
  await user.click(screen.getByRole("switch", { name: "My time" }));
  let asked = 0;
  widget.state = () => {
    asked += 1;
    return READY;
  };

  act(() => widget.tick());

  expect(asked).toBe(0);
});

test("a second's tick costs little", () => {
  const widget = new FakeWidget();
  let spent = 0;
  render(
    <Profiler id="card" onRender={(_id, _phase, actual) => (spent += actual)}>
      <CaseTimeView widget={widget} environment={environmentIn("en")} />
    </Profiler>,
  );
  act(() => screen.getByRole("switch").click());
  act(() => widget.tick());
  spent = 0;

  act(() => {
    for (let count = 0; count < 60; count += 1) {
      widget.tick();
    }
  });

  expect(spent / 60).toBeLessThan(3);
});

test("nothing moves while seconds pass: each unit keeps its place and its digits", async () => {
  const widget = new FakeWidget();
  widget.own = { total: 3609, automatic: 3609 };
  const { user } = show(widget);
  await user.click(screen.getByRole("switch", { name: "My time" }));
  expect(total()).toBe("1 hr 00 min 09 sec");

  act(() => widget.tick());

  expect(total()).toBe("1 hr 00 min 10 sec");
});

test("the time of the last update is told, and that it is old when it is", () => {
  const widget = new FakeWidget();
  show(widget);
  expect(plain(screen.getByText(/^Updated/).textContent)).toMatch(/^Updated \d{1,2}:\d{2} [AP]M$/);

  act(() => widget.put({ time: { ...TIME, stale: true } }));
  expect(screen.getByText(/^Last known, from/)).toBeTruthy();
});

test("Refresh asks once, keeps its name and its focus while it waits", async () => {
  const widget = new FakeWidget();
  const waiting = deferred();
  widget.outcome = () => waiting.promise;
  const { user } = show(widget);
  const refresh = button("Refresh");

  await tabTo(user, refresh);
  await user.keyboard("{Enter}");
  await user.keyboard("{Enter}");

  expect(widget.calls).toEqual([["refresh"]]);
  expect(button("Refresh").getAttribute("aria-busy")).toBe("true");
  expect(document.activeElement).toBe(button("Refresh"));
  await act(async () => waiting.resolve());
  expect(button("Refresh").getAttribute("aria-busy")).toBe("false");
});

test("a refresh that failed says so", async () => {
  const widget = new FakeWidget();
  widget.outcome = () => Promise.reject(new Error("no"));
  const { user } = show(widget);

  await user.click(button("Refresh"));

  expect(screen.getByRole("alert").textContent).toContain("Refresh failed");
});
