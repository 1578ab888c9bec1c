/** One representative's segments as a picture: a lane per case, and beneath it what counts. */

import { svg } from "../dom.js";
import { clockOf, lengthOf, shortClockOf } from "./lengths.js";

const LABELS = 216;
const NARROW_LABELS = 92;
const NARROW = 560;
const LANE = 24;
const BAR = 16;
const AXIS = 20;
const MARK_ROOM = 14;
const TICK_ROOM = 84;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

/** Return the picture. `span` is `[start, end]` in seconds; `marks` names each case by a letter. */
export function timeline({ lanes, given, span, width, marks }) {
  const labels = width < NARROW ? NARROW_LABELS : LABELS;
  const scale = (width - labels - 8) / (span[1] - span[0]);
  const x = (moment) => labels + (moment - span[0]) * scale;
  const height = AXIS + (lanes.length + 1) * LANE + 6;
  const counts = AXIS + lanes.length * LANE + 6;
  const picture = svg("svg", { class: "timeline", width, height, role: "img" });
  picture.setAttribute("aria-label", describe(lanes, marks));
  picture.append(...axis(span, x, height, width - labels));
  for (const [row, { caseId, title, segments }] of lanes.entries()) {
    const y = AXIS + row * LANE;
    picture.append(label(`${marks.get(caseId).letter}  ${title}`, y, labels));
    for (const { start, end, says } of segments) {
      picture.append(bar({ x: x(start), to: x(end), y, mark: marks.get(caseId), says }));
    }
  }
  picture.append(
    svg("line", { class: "rule", x1: 0, x2: width, y1: counts - 3, y2: counts - 3 }),
    label("Counts", counts, labels, "counts-label"),
  );
  for (const { start, end, caseId } of given) {
    const says = `${clockOf(start)}–${clockOf(end)} counts for ${marks.get(caseId).title}`;
    picture.append(bar({ x: x(start), to: x(end), y: counts, mark: marks.get(caseId), says }));
  }
  return picture;
}

function bar({ x, to, y, mark, says }) {
  const width = Math.max(1.5, to - x);
  const top = y + (LANE - BAR) / 2;
  const shape = { x, y: top, width, height: BAR, rx: Math.min(3, width / 2) };
  const group = svg("g", {}, svg("title", {}, says));
  group.append(svg("rect", { ...shape, class: `bar ${mark.style}` }));
  if (mark.hatched) {
    group.append(svg("rect", { ...shape, fill: "url(#hatch)" }));
  }
  if (width > MARK_ROOM) {
    const place = { x: x + width / 2, y: top + BAR / 2, class: "mark" };
    group.append(svg("text", place, mark.letter));
  }
  return group;
}

function label(text, y, room, style = "") {
  const most = Math.floor(room / 6.4);
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  const made = svg("text", { x: 0, y: y + LANE / 2, class: `lane-label ${style}` }, shown);
  made.append(svg("title", {}, text));
  return made;
}

function axis([start, end], x, height, room) {
  const most = Math.max(1, Math.floor(room / TICK_ROOM));
  const step = STEPS.find((each) => (end - start) / each <= most) ?? STEPS.at(-1);
  const write = step < 60 ? clockOf : shortClockOf;
  const ticks = [];
  for (let moment = Math.ceil(start / step) * step; moment <= end; moment += step) {
    const place = x(moment);
    ticks.push(
      svg("line", { class: "tick", x1: place, x2: place, y1: AXIS - 4, y2: height }),
      svg("text", { class: "tick-label", x: place, y: AXIS - 8 }, write(moment)),
    );
  }
  return ticks;
}

function describe(lanes, marks) {
  const parts = lanes.map(({ caseId, segments }) => {
    const sum = segments.reduce((seconds, { start, end }) => seconds + end - start, 0);
    return `${marks.get(caseId).title}: ${segments.length} segments, ${lengthOf(sum)}`;
  });
  return `Segments by case. ${parts.join(". ")}`;
}
