/** Segments of one representative in one environment that no receipt has named yet.
 *
 *  The memory of this page is what is sent from; the store keeps it for the time after a crash. An
 *  entry in the store is `open` while its segment still runs: `beatAt` says when that was last known.
 *  All windows of a person share the store. Whatever lies there finished, or open and without a beat
 *  for longer than a living window would leave it, is adopted by whoever finds it; should two windows
 *  send the same segment, the server takes it once.
 */

import type { Segment } from "./gateway";

export interface StoredSegment {
  readonly segment: Segment;
  readonly open: boolean;
  readonly beatAt: number;
}

/** What keeps segments beyond the page's life, for one person only. */
export interface SegmentStore {
  /** False where the browser gives no storage: what is kept dies with the window. */
  readonly durable: boolean;
  load(): Promise<readonly StoredSegment[]>;
  put(entries: readonly StoredSegment[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

/** A living window beats every 5 s, and gives up a segment by itself after a gap of 10 s. */
const ABANDONED_MS = 15_000;

/** At an interval of ten minutes this is five weeks of work around the clock. */
const MOST_SEGMENTS = 5_000;

export class Outbox {
  readonly #entries = new Map<string, Segment>();
  readonly #settled = new Set<string>();
  readonly #unstored = new Map<string, StoredSegment>();
  #journalled: string | undefined;
  #storing: Promise<void> = Promise.resolve();
  #storeFails = false;

  readonly #store: SegmentStore;

  public constructor(
    store: SegmentStore,
    private readonly most: number = MOST_SEGMENTS,
  ) {
    this.#store = store;
  }

  /** What waits, oldest first. */
  public waiting(): readonly Segment[] {
    return [...this.#entries.values()];
  }

  /** No more segments are taken until some are settled. */
  public get full(): boolean {
    return this.#entries.size >= this.most;
  }

  /** What waits would not survive the window. */
  public get volatile(): boolean {
    return !this.#store.durable || this.#storeFails;
  }

  /** Take finished segments. Whoever adds makes sure beforehand that there is room; the few that a
   *  focus ends with are taken in any case. */
  public add(segments: readonly Segment[]): void {
    for (const segment of segments) {
      this.#entries.set(segment.id, segment);
      if (segment.id === this.#journalled) {
        this.#journalled = undefined;
      }
    }
    this.#put(segments.map(finished));
  }

  /** Note how far the running segment has come; undefined when none runs. */
  public journal(segment: Segment | undefined, at: number): void {
    const before = this.#journalled;
    this.#journalled = segment?.id;
    if (before !== undefined && before !== segment?.id) {
      this.#unstored.delete(before);
      this.#keep(() => this.#store.remove([before]));
    }
    if (segment !== undefined) {
      this.#put([{ segment, open: true, beatAt: at }]);
    }
  }

  /** Let go of segments that have a receipt. */
  public settle(ids: readonly string[]): void {
    for (const id of ids) {
      this.#entries.delete(id);
      this.#unstored.delete(id);
      this.#settled.add(id);
    }
    if (ids.length > 0) {
      this.#keep(() => this.#store.remove(ids));
    }
  }

  /** Take over what earlier or dead windows of this person left behind. */
  public async adopt(now: number): Promise<void> {
    let stored: readonly StoredSegment[];
    try {
      stored = await this.#store.load();
    } catch {
      this.#storeFails = true;
      return;
    }
    const orphans = stored.filter(
      ({ segment, open, beatAt }) =>
        segment.id !== this.#journalled &&
        !this.#entries.has(segment.id) &&
        !this.#settled.has(segment.id) &&
        (!open || Math.abs(now - beatAt) > ABANDONED_MS),
    );
    for (const { segment } of orphans) {
      this.#entries.set(segment.id, segment);
    }
  }

  /** Resolves when everything said so far is in the store. */
  public async stored(): Promise<void> {
    await this.#storing;
  }

  /** Put what is new, with what could not be put before. */
  #put(entries: readonly StoredSegment[]): void {
    for (const entry of entries) {
      this.#unstored.set(entry.segment.id, entry);
    }
    this.#keep(async () => {
      const all = [...this.#unstored.values()];
      await this.#store.put(all);
      all.forEach((entry) => {
        if (this.#unstored.get(entry.segment.id) === entry) {
          this.#unstored.delete(entry.segment.id);
        }
      });
    });
  }

  /** Write one after the other. A write that fails leaves the memory as it is and shows. */
  #keep(write: () => Promise<void>): void {
    this.#storing = this.#storing.then(write).then(
      () => {
        this.#storeFails = this.#unstored.size > 0;
      },
      () => {
        this.#storeFails = true;
      },
    );
  }
}

function finished(segment: Segment): StoredSegment {
  return { segment, open: false, beatAt: Date.parse(segment.endedAt) };
}
