/** Whose second is it: the rule of the product, told once more to look at what was recorded.
 *
 *  Of overlapping segments the one whose focus began last gets each second; of two that began in
 *  the same second, the one with the greater id. Bounds are rounded down to whole seconds.
 */

const seconds = (moment) => Math.floor(Date.parse(moment) / 1000);

/** Return one representative's segments with their bounds as seconds since the epoch. */
function spansOf(segments) {
  return segments
    .map(({ id, caseId, startedAt, endedAt, focusStartedAt }) => ({
      id: id.toLowerCase(),
      caseId,
      start: seconds(startedAt),
      end: seconds(endedAt),
      began: seconds(focusStartedAt),
    }))
    .filter(({ start, end }) => start < end);
}

const isBefore = (one, other) =>
  one.began < other.began || (one.began === other.began && one.id < other.id);

/** Return who gets which span, earliest first and disjoint: `{start, end, caseId}` in seconds.
 *
 *      case A   |--------------|        focus began 09:00
 *      case B        |----|             focus began 09:05
 *      given    A    B    A
 */
export function counted(segments) {
  const spans = spansOf(segments);
  const bounds = [...new Set(spans.flatMap(({ start, end }) => [start, end]))];
  bounds.sort((one, other) => one - other);
  const given = [];
  for (const [place, start] of bounds.slice(0, -1).entries()) {
    const there = spans.filter((span) => span.start <= start && start < span.end);
    if (there.length > 0) {
      const { caseId } = there.reduce((best, span) => (isBefore(best, span) ? span : best));
      give(given, { start, end: bounds[place + 1], caseId });
    }
  }
  return given;
}

function give(given, { start, end, caseId }) {
  const last = given.at(-1);
  if (last?.end === start && last.caseId === caseId) {
    last.end = end;
  } else {
    given.push({ start, end, caseId });
  }
}

/** Return the seconds that each case gets, as a map by case. */
export function secondsByCase(given) {
  const sums = new Map();
  for (const { start, end, caseId } of given) {
    sums.set(caseId, (sums.get(caseId) ?? 0) + end - start);
  }
  return sums;
}

/** Return the seconds in which at least one segment ran: what a clock on the wall would say. */
export function coveredSeconds(segments) {
  let covered = 0;
  let reached = -Infinity;
  for (const { start, end } of spansOf(segments).sort((a, b) => a.start - b.start)) {
    covered += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return covered;
}
