/** What there is of a case beside its figures: who worked on it, and its history. Made anew for each
 *  case, so that an answer that comes late cannot reach another one. */

import type { History, Page, Representative, Section } from "./gateway";
import type { GatewayChoice } from "./gatewayChoice";
import type { HistoryState } from "./widget";

export class CaseRecords {
  public people: readonly Representative[] | undefined;
  public history: HistoryState = { open: false, loading: false, failed: false, lists: undefined };

  readonly #gateway: GatewayChoice;
  readonly #changed: () => void;

  public constructor(
    gateway: GatewayChoice,
    private readonly caseId: string | undefined,
    changed: () => void,
  ) {
    this.#gateway = gateway;
    this.#changed = changed;
  }

  public setOpen(open: boolean): void {
    this.#turn({ open });
    if (open) {
      void this.loadHistory();
    }
  }

  /** Load again what was loaded before. */
  public async reload(): Promise<void> {
    await Promise.all([this.loadPeople(), this.history.lists && this.loadHistory()]);
  }

  public async loadPeople(): Promise<void> {
    const { caseId } = this;
    if (caseId === undefined || !this.#gateway.abilities.everyone) {
      return;
    }
    try {
      this.people = await this.#gateway.ask((each) => each.representatives(caseId));
    } catch {
      return; // the faces stay as they were; the figures say how things stand
    }
    this.#changed();
  }

  public async loadHistory(): Promise<void> {
    const { caseId } = this;
    if (caseId === undefined) {
      return;
    }
    this.#turn({ loading: true, failed: false });
    try {
      const lists = await this.#gateway.ask((each) => each.history(caseId));
      this.#turn({ loading: false, lists });
    } catch {
      this.#turn({ loading: false, failed: true });
    }
  }

  public async loadMore(section: Section): Promise<void> {
    const { caseId } = this;
    const { lists } = this.history;
    const cursor = lists?.[section]?.nextCursor;
    if (caseId === undefined || lists === undefined || typeof cursor !== "string") {
      return;
    }
    const more = await this.#gateway.ask((each) => each.history(caseId, section, cursor));
    this.#turn({ lists: pageAppended(lists, more) });
  }

  #turn(change: Partial<HistoryState>): void {
    this.history = { ...this.history, ...change };
    this.#changed();
  }
}

/** The lists with what came next of them behind what was there; null lists did not come. */
function pageAppended(lists: History, more: History): History {
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
