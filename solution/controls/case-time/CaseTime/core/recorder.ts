/** Turns "this case runs from here to there" into segments. One for each page, since a page works
 *  on one case at a time, so that its segments never overlap. */

import { midnightWithin } from "./days";
import type { Segment, Surface } from "./gateway";
import { wholeSeconds, wireTime } from "./timeline";

/** Two observations further apart than this mean that the device slept in between. */
const GAP_MS = 10_000;

/** No piece is longer than the least update interval: the service refuses longer ones once an
 *  administrator has chosen it, and until then cutting changes nothing. */
export const LONGEST_PIECE_MS = 10 * 60_000;

/** A focus that runs: since when, and since when the piece that is not finished yet. */
interface Focus {
  readonly caseId: string;
  readonly surface: Surface;
  readonly startedAt: number;
  pieceId: string;
  pieceStartedAt: number;
  seenAt: number;
}

export class Recorder {
  #focus: Focus | undefined;
  readonly #newId: () => string;

  public constructor(
    private readonly windowId: string,
    newId: () => string,
    private readonly zone: () => string,
  ) {
    this.#newId = newId;
  }

  /** When the piece that runs began, in ms; undefined while nothing runs. */
  public get pieceStartedAt(): number | undefined {
    return this.#focus?.pieceStartedAt;
  }

  public begin(caseId: string, surface: Surface, at: number): void {
    const pieceId = this.#newId();
    this.#focus = { caseId, surface, startedAt: at, pieceId, pieceStartedAt: at, seenAt: at };
  }

  /** Say that the device is awake. Where it was not, return what was finished at the last moment
   *  it was seen awake, and end the focus there. */
  public observe(at: number): readonly Segment[] | undefined {
    if (this.#focus === undefined) {
      return undefined;
    }
    if (at - this.#focus.seenAt > GAP_MS) {
      return this.end(this.#focus.seenAt, "gap");
    }
    this.#focus.seenAt = Math.max(this.#focus.seenAt, at);
    return undefined;
  }

  /** Finish what lies before `at` and go on from there. */
  public cut(at: number, reason: string): readonly Segment[] {
    const focus = this.#focus;
    const end = awake(focus, at);
    if (focus === undefined || end <= focus.pieceStartedAt) {
      return [];
    }
    const finished = this.#pieces(focus, end, reason);
    focus.pieceId = this.#newId();
    focus.pieceStartedAt = end;
    return finished;
  }

  /** End the focus at a moment that may lie in the past, such as the last input. */
  public end(at: number, reason: string): readonly Segment[] {
    const focus = this.#focus;
    this.#focus = undefined;
    return focus === undefined ? [] : this.#pieces(focus, awake(focus, at), reason);
  }

  /** The piece that runs, as it would be if the browser died now. */
  public open(at: number): Segment | undefined {
    const focus = this.#focus;
    if (focus === undefined) {
      return undefined;
    }
    return this.#segment(focus, focus.pieceId, focus.pieceStartedAt, awake(focus, at), "crash");
  }

  /** Seconds that run for a case and are in no finished segment yet. */
  public runningSeconds(caseId: string, at: number): number {
    const focus = this.#focus;
    return focus?.caseId === caseId ? wholeSeconds(focus.pieceStartedAt, at) : 0;
  }

  #pieces(focus: Focus, end: number, reason: string): readonly Segment[] {
    const zone = this.zone();
    const segments: Segment[] = [];
    let [start, id] = [focus.pieceStartedAt, focus.pieceId];
    while (start < end) {
      const longest = Math.min(end, start + LONGEST_PIECE_MS);
      const stop = midnightWithin(start, longest, zone) ?? longest;
      if (wholeSeconds(start, stop) > 0) {
        const why = stop === end ? reason : "interval";
        segments.push(this.#segment(focus, id, start, stop, why));
        id = this.#newId();
      }
      start = stop;
    }
    return segments;
  }

  #segment(
    focus: Focus,
    id: string,
    startedAt: number,
    endedAt: number,
    endReason: string,
  ): Segment {
    return {
      id,
      caseId: focus.caseId,
      focusStartedAt: wireTime(focus.startedAt),
      startedAt: wireTime(startedAt),
      endedAt: wireTime(endedAt),
      endReason,
      surface: focus.surface,
      windowId: this.windowId,
    };
  }
}

/** Whatever wakes first after a sleep, a focus lasts until the device was last seen awake. */
function awake(focus: Focus | undefined, at: number): number {
  return focus !== undefined && at - focus.seenAt > GAP_MS ? focus.seenAt : at;
}
