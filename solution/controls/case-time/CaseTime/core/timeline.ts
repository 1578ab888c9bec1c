/** One line of time for a page: ms since the epoch that never run backwards.
 *
 *  The steady clock measures, the wall clock only says where the line begins. Where the wall clock
 *  has run ahead of the steady one by more than `LEAP_MS`, the device slept with its steady clock
 *  standing still, and the line leaps forward. It never leaps back: what was sent is corrected by
 *  the server, which is told this line's now with every call.
 */

/** Both clocks of a device, in ms: `steady` from any beginning, never set by anyone. */
export interface Reading {
  readonly wall: number;
  readonly steady: number;
}

const LEAP_MS = 10_000;

export class Timeline {
  #offset: number | undefined;

  public constructor(private readonly read: () => Reading) {}

  public now(): number {
    const { wall, steady } = this.read();
    if (this.#offset === undefined || wall - (steady + this.#offset) > LEAP_MS) {
      this.#offset = wall - steady;
    }
    return steady + this.#offset;
  }
}

/** A moment as it goes over the wire. */
export function wireTime(moment: number): string {
  return new Date(moment).toISOString();
}

/** The whole seconds of a span as the server counts them: both bounds are rounded down. */
export function wholeSeconds(start: number, end: number): number {
  return Math.max(0, Math.floor(end / 1000) - Math.floor(start / 1000));
}

/** The whole seconds of a segment, as the server counts them. */
export function secondsOf(segment: {
  readonly startedAt: string;
  readonly endedAt: string;
}): number {
  return wholeSeconds(Date.parse(segment.startedAt), Date.parse(segment.endedAt));
}
