/** Lists that come in pages. */

import type { History, Page } from "./gateway";

/** The lists with what came next of them behind what was there; null lists did not come. */
export function pageAppended(lists: History, more: History): History {
  return {
    scope: more.scope,
    automaticTime: joined(lists.automaticTime, more.automaticTime),
    timeLogs: joined(lists.timeLogs, more.timeLogs),
    activities: joined(lists.activities, more.activities),
  };
}

function joined<T>(before: Page<T> | null, next: Page<T> | null): Page<T> | null {
  if (before === null || next === null) {
    return next ?? before;
  }
  return { items: [...before.items, ...next.items], nextCursor: next.nextCursor };
}
