/** What representatives will see, drawn and said. The drawing is for the eye alone; everything in it
 *  is also a sentence. */

import type { Outlook } from "../core/outlook";
import type { Scope } from "../core/settingsBook";
import type { Words } from "../core/words";
import { element, tell } from "./dom";

export interface Preview {
  readonly element: HTMLElement;
  update(outlook: Outlook, scope: Scope): void;
}

export function preview(words: Words): Preview {
  const where = element("p", { class: "hint" });
  const state = element("p", { class: "tag" });
  const picture = element("div", { class: "picture", "aria-hidden": "true" });
  const sentences = element("ul", { class: "sentences" });
  const place = element(
    "section",
    { class: "preview", "aria-labelledby": "preview-title" },
    element("h2", { id: "preview-title" }, words.say("Preview_Title")),
    where,
    state,
    picture,
    sentences,
  );
  return {
    element: place,
    update: (outlook, scope) => {
      tell(
        where,
        scope === undefined
          ? words.say("Preview_InOtherApps")
          : words.say("Preview_InApp", scope.name),
      );
      tell(state, words.say(outlook.isAhead ? "Preview_Ahead" : "Preview_AsSaved"));
      state.classList.toggle("changed", outlook.isAhead);
      picture.replaceChildren(...drawing(outlook, words));
      sentences.replaceChildren(
        ...sentencesOf(outlook, words).map((text) => element("li", {}, text)),
      );
    },
  };
}

function sentencesOf(outlook: Outlook, words: Words): readonly string[] {
  return [
    words.say(outlook.isTracked ? "Preview_Tracked" : "Preview_NotTracked"),
    words.say(outlook.hasMyTime ? "Preview_MyTimeShown" : "Preview_MyTimeHidden"),
    words.say(outlook.hasTimeLogs ? "Preview_TimeLogsAllowed" : "Preview_TimeLogsRefused"),
    words.say("Preview_Interval", words.minutes(outlook.intervalMinutes)),
    outlook.idleMinutes === 0
      ? words.say("Preview_IdleNever")
      : words.say("Preview_IdleStops", words.minutes(outlook.idleMinutes)),
    words.say("Preview_Zone", outlook.zone),
  ];
}

/** Automatic and manual seconds of some case. */
const EXAMPLE = { automatic: 25 * 60, manual: 15 * 60 };

/** The widget's card with what the settings turn on and off. */
function drawing(outlook: Outlook, words: Words): readonly HTMLElement[] {
  const { isTracked, hasMyTime, hasTimeLogs } = outlook;
  const widget = (key: string): string => words.say(`Widget_${key}`);
  const label = (key: string): HTMLElement => element("span", {}, widget(key));
  const length = (seconds: number): HTMLElement => element("span", {}, words.length(seconds));
  const line = (...parts: readonly HTMLElement[]): HTMLElement =>
    element("div", { class: "line" }, ...parts);
  const tracking = isTracked ? "Tracking_running" : "Tracking_tracking_disabled";
  const toggle = element("span", { class: "toggle" }, widget("Figures_MyTime"), knob());
  const add = element("span", { class: "fake-button" }, `+ ${widget("Action_AddTimeLog")}`);
  const total = label(hasMyTime ? "Figures_TotalTime" : "Figures_MyTotalTime");
  return [
    line(
      element("strong", {}, widget("Card_Title")),
      element("span", { class: isTracked ? "running" : "stopped" }, widget(tracking)),
    ),
    line(total, ...(hasMyTime ? [toggle] : [])),
    element("div", { class: "total" }, length(EXAMPLE.automatic + EXAMPLE.manual)),
    line(label("Figures_AutomaticTime"), length(EXAMPLE.automatic)),
    line(label("Figures_ManualTime"), length(EXAMPLE.manual)),
    ...(hasTimeLogs ? [line(add)] : []),
  ];
}

function knob(): HTMLElement {
  return element("span", { class: "knob" });
}
