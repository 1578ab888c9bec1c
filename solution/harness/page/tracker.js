/** Which segments of focus there are. No DOM, no network: moments (ms) come in, values go out. */

/** A longer gap between two beats was sleep, which is not work. */
const LONGEST_GAP = 10_000;

export class Tracker {
  #windowId = crypto.randomUUID();
  #running = null;
  #lastBeat = 0;
  #waiting = new Map();

  get running() {
    return this.#running !== null;
  }

  begin(caseId, now) {
    if (!this.#running) {
      this.#running = { caseId, focusStartedAt: now, startedAt: now };
      this.#lastBeat = now;
    }
  }

  end(reason, now) {
    if (this.#running) {
      this.#keep(reason, now);
      this.#running = null;
    }
  }

  /** Deliver what has run so far, and run on: the focus stays the same one. */
  cut(reason, now) {
    if (this.#running) {
      this.#keep(reason, now);
      this.#running = { ...this.#running, startedAt: now };
    }
  }

  /** Note that the page is alive; after a gap the focus ended when it was last so. */
  beat(now) {
    if (this.#running && now - this.#lastBeat > LONGEST_GAP) {
      const { caseId } = this.#running;
      this.end("sleep", this.#lastBeat);
      this.begin(caseId, now);
    }
    this.#lastBeat = now;
  }

  /** Segments without a receipt; they are sent again and again until there is one. */
  waiting() {
    return [...this.#waiting.values()];
  }

  settle(receipts) {
    for (const { id } of receipts) {
      this.#waiting.delete(id);
    }
  }

  /** Whole seconds on a case that no receipt has named yet. */
  unsettledSeconds(caseId, now) {
    let milliseconds = this.#running?.caseId === caseId ? now - this.#running.startedAt : 0;
    for (const segment of this.#waiting.values()) {
      if (segment.caseId === caseId) {
        milliseconds += Date.parse(segment.endedAt) - Date.parse(segment.startedAt);
      }
    }
    return Math.floor(milliseconds / 1000);
  }

  #keep(endReason, now) {
    const { caseId, focusStartedAt, startedAt } = this.#running;
    const id = crypto.randomUUID();
    this.#waiting.set(id, {
      id,
      caseId,
      focusStartedAt: new Date(focusStartedAt).toISOString(),
      startedAt: new Date(startedAt).toISOString(),
      endedAt: new Date(now).toISOString(),
      endReason,
      surface: "workspace",
      windowId: this.#windowId,
    });
  }
}
