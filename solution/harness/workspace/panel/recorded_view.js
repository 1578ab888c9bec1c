/** What was recorded on a day, as elements: a timeline and a table for each representative. */

import { element, svg } from "../dom.js";
import { clockOf, lengthOf } from "./lengths.js";
import { counted, coveredSeconds, secondsByCase } from "./sweep.js";
import { timeline } from "./timeline.js";

const COLOURS = 6;
const LEAST_SPAN_SECONDS = 60;
const seconds = (moment) => Math.floor(Date.parse(moment) / 1000);

/** Return the elements, `first`'s own before everybody else's. `since` leaves out of the pictures,
 *  not of the sums, what ended earlier. */
export function recordedView(recorded, { first, width, since }) {
  const marks = marksOf(recorded);
  const segmentsOf = groupedBy(recorded.segments, ({ representativeId }) => representativeId);
  const everybody = [...recorded.segments, ...recorded.automaticTimes];
  const people = [...new Set(everybody.map(({ representativeId }) => representativeId))];
  people.sort((one, other) => Number(other === first) - Number(one === first));
  const span = spanOf(recorded.segments, since);
  return [
    hatch(),
    ...people.map((id) => {
      const segments = segmentsOf.get(id) ?? [];
      const given = counted(segments);
      const times = recorded.automaticTimes.filter((each) => each.representativeId === id);
      const name = recorded.representatives[id] ?? "Somebody";
      return element(
        "section",
        { class: "person" },
        element("h3", {}, name),
        element("div", { class: "picture" }, pictureOf(segments, given, { marks, span, width })),
        tableOf({ name, segments, given, times, marks }),
      );
    }),
  ];
}

/** Give each case of the day a letter, a colour and, from the seventh on, a pattern. */
function marksOf({ segments, automaticTimes, cases }) {
  const ids = [...new Set([...segments, ...automaticTimes].map(({ caseId }) => caseId))];
  return new Map(
    ids.map((id, place) => [
      id,
      {
        title: cases[id] ?? "A case that is gone",
        letter: String.fromCodePoint(65 + (place % 26)),
        style: `case-${place % COLOURS}`,
        hatched: place % 2 === 1,
      },
    ]),
  );
}

function spanOf(segments, since) {
  const ends = segments.map(({ endedAt }) => seconds(endedAt));
  const starts = segments.map(({ startedAt }) => seconds(startedAt));
  const end = Math.max(...ends);
  const start = Math.max(Math.min(...starts), since ?? -Infinity);
  const room = Math.max(LEAST_SPAN_SECONDS, end - start);
  return [end - room - room / 50, end + room / 50];
}

function pictureOf(segments, given, { marks, span, width }) {
  const shown = ({ start, end }) => end > span[0] && start < span[1];
  const cut = (each) => ({ ...each, start: Math.max(each.start, span[0]) });
  const byCase = groupedBy(segments, ({ caseId }) => caseId);
  const lanes = [...byCase].map(([caseId, own]) => ({
    caseId,
    title: marks.get(caseId).title,
    segments: own.map(toBar).filter(shown).map(cut),
  }));
  return timeline({
    lanes: lanes.filter((lane) => lane.segments.length > 0),
    given: given.filter(shown).map(cut),
    span,
    width,
    marks,
  });
}

function toBar({ startedAt, endedAt, endReason, surface, windowId }) {
  const [start, end] = [seconds(startedAt), seconds(endedAt)];
  const where = [surface, windowId && `window ${windowId.slice(0, 8)}`].filter(Boolean).join(", ");
  const says = `${clockOf(start)}–${clockOf(end)}, ${where}, ended by: ${endReason ?? "–"}`;
  return { start, end, says };
}

const COLUMNS = ["Case", "By the rule", "Recorded", "Agree"];

function tableOf({ name, segments, given, times, marks }) {
  const swept = secondsByCase(given);
  const ids = new Set([...swept.keys(), ...times.map(({ caseId }) => caseId)]);
  const rows = [...ids].map((id) => {
    const recorded = times.find(({ caseId }) => caseId === id)?.seconds ?? 0;
    return rowOf(marks.get(id), swept.get(id) ?? 0, recorded);
  });
  const covered = coveredSeconds(segments);
  const sum = [...swept.values()].reduce((total, each) => total + each, 0);
  const stored = times.reduce((total, each) => total + each.seconds, 0);
  const agrees = verdict(covered === sum && sum === stored);
  return element(
    "table",
    { class: "who-got" },
    element("caption", {}, `Who got which seconds: ${name}`),
    element("thead", {}, element("tr", {}, ...COLUMNS.map((each) => header(each, "col")))),
    element("tbody", {}, ...rows),
    element(
      "tfoot",
      {},
      element(
        "tr",
        {},
        header(`Wall clock ${lengthOf(covered)}`, "row"),
        ...[lengthOf(sum), lengthOf(stored), agrees].map((each) => element("td", {}, each)),
      ),
    ),
  );
}

function rowOf(mark, swept, recorded) {
  const letter = element("span", { class: `letter ${mark.style}` }, mark.letter);
  const title = header("", "row");
  title.append(letter, mark.title);
  return element(
    "tr",
    {},
    title,
    ...[lengthOf(swept), lengthOf(recorded), verdict(swept === recorded)].map((each) =>
      element("td", {}, each),
    ),
  );
}

function header(text, scope) {
  return element("th", { scope }, text);
}

function verdict(agrees) {
  const style = agrees ? "agrees" : "differs";
  return element("span", { class: style }, agrees ? "✓ yes" : "✗ not yet");
}

function hatch() {
  const lines = svg("path", { d: "M0 6 6 0M-1 1 1 -1M5 7 7 5", class: "hatch-line" });
  const pattern = { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" };
  const defs = svg("defs", {}, svg("pattern", pattern, lines));
  return svg("svg", { width: 0, height: 0, "aria-hidden": "true", class: "defs" }, defs);
}

function groupedBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  }
  return groups;
}
