import { DEFAULT_SETTINGS } from "../../CaseTime/core/defaults";
import type {
  AutomaticTime,
  CaseTime,
  History,
  Representative,
  SecondsByKind,
  Section,
  TimeLog,
  TimeLogValues,
} from "../../CaseTime/core/gateway";
import type { CaseWidget, WidgetState } from "../../CaseTime/core/widget";

export const NOW = Date.parse("2026-03-10T14:32:00Z");

export function seconds(automatic: number, timeLogs: number, activities: number): SecondsByKind {
  return {
    totalSeconds: automatic + timeLogs + activities,
    automaticSeconds: automatic,
    manualSeconds: timeLogs + activities,
    timeLogsSeconds: timeLogs,
    activitiesSeconds: activities,
  };
}

/** Everyone's: 2 h 30 min, 45 min, 15 min; one's own: 1 h, 30 min, 0. */
export const TIME: CaseTime = {
  ...seconds(9000, 2700, 900),
  caseId: "c0000000-0000-0000-0000-000000000001",
  scope: "everyone",
  mine: seconds(3600, 1800, 0),
  updatedAt: "2026-03-10T14:30:00Z",
  nextUpdateAt: "2026-03-10T14:40:00Z",
  stale: false,
};

export const READY: WidgetState = {
  phase: "ready",
  running: true,
  stoppedWhy: null,
  time: TIME,
  settings: DEFAULT_SETTINGS,
  abilities: { everyone: true, correction: true },
  waiting: { segments: 0, full: false, volatile: false, refusedSeconds: 0, refusedReason: null },
  connection: "online",
  route: "service",
  signInOffered: false,
  refreshing: false,
  people: undefined,
  history: { open: false, loading: false, failed: false, lists: undefined },
};

export const PEOPLE: readonly Representative[] = [
  person("a1", "Amira (demo)", true, seconds(3600, 1800, 0)),
  person("b2", "Ben (demo)", false, seconds(5400, 900, 900)),
];

export function person(
  representativeId: string,
  name: string | null,
  mine: boolean,
  worked: SecondsByKind,
): Representative {
  const lastSeen = worked.automaticSeconds > 0 ? "2026-03-10T14:20:00Z" : null;
  return { representativeId, name, imageUrl: null, mine, seconds: worked, lastSeen };
}

export const OWN_TIME: AutomaticTime = {
  representativeId: "a1",
  name: "Amira (demo)",
  mine: true,
  seconds: 3600,
  trackedSeconds: 3300,
  adjustedSeconds: 300,
  updatedAt: "2026-03-10T14:20:00Z",
  adjustments: [
    {
      id: "d1",
      deltaSeconds: 300,
      fromSeconds: 3300,
      toSeconds: 3600,
      reason: "Called the customer from the car",
      at: "2026-03-10T11:00:00Z",
    },
  ],
};

export const OTHERS_TIME: AutomaticTime = {
  representativeId: "b2",
  name: "Ben (demo)",
  mine: false,
  seconds: 5400,
  trackedSeconds: 5400,
  adjustedSeconds: 0,
  updatedAt: "2026-03-10T13:00:00Z",
  adjustments: [],
};

export function timeLog(id: string, changes: Partial<TimeLog> = {}): TimeLog {
  return {
    id,
    minutes: 30,
    category: 0,
    note: "Read the vendor's release notes",
    loggedOn: "2026-03-10",
    representativeId: "a1",
    name: "Amira (demo)",
    mine: true,
    status: "active",
    createdAt: "2026-03-10T12:00:00Z",
    ...changes,
  };
}

export const HISTORY: History = {
  scope: "everyone",
  automaticTime: { items: [OWN_TIME, OTHERS_TIME], nextCursor: null },
  timeLogs: {
    items: [
      timeLog("t1"),
      timeLog("t2", { minutes: 20, category: 1, status: "voided", loggedOn: "2026-03-09" }),
      timeLog("t3", { minutes: 15, category: 2, mine: false, name: "Ben (demo)", note: "" }),
    ],
    nextCursor: "more",
  },
  activities: {
    items: [
      {
        id: "x1",
        type: "phonecall",
        subject: "Call with the customer",
        representativeId: "b2",
        name: "Ben (demo)",
        mine: false,
        minutes: 15,
        status: "completed",
        at: "2026-03-09T10:15:00Z",
      },
    ],
    nextCursor: null,
  },
};

export const OPEN_HISTORY = { open: true, loading: false, failed: false, lists: HISTORY };

/** A case as a test wants it: the state is what is put, calls are kept, and each may be made to fail
 *  or to wait. */
export class FakeWidget implements CaseWidget {
  public readonly calls: unknown[][] = [];
  public own = { total: 5400, automatic: 3600 };
  public outcome: () => Promise<void> = () => Promise.resolve();
  private current: WidgetState;
  private readonly listeners = new Set<() => void>();
  private readonly tickers = new Set<() => void>();

  public constructor(changes: Partial<WidgetState> = {}) {
    this.current = { ...READY, ...changes };
  }

  public put(changes: Partial<WidgetState>): void {
    this.current = { ...this.current, ...changes };
    this.listeners.forEach((listener) => listener());
  }

  public tick(elapsed = 1): void {
    this.own = { total: this.own.total + elapsed, automatic: this.own.automatic + elapsed };
    this.tickers.forEach((ticker) => ticker());
  }

  public get watchers(): number {
    return this.listeners.size + this.tickers.size;
  }

  public state(): WidgetState {
    return this.current;
  }

  public subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  public onTick(listener: () => void): () => void {
    this.tickers.add(listener);
    return () => void this.tickers.delete(listener);
  }

  public ownSeconds(): { total: number; automatic: number } {
    return this.own;
  }

  public refresh(): Promise<void> {
    return this.called("refresh");
  }

  public signIn(): Promise<void> {
    return this.called("signIn");
  }

  public setHistoryOpen(open: boolean): void {
    this.calls.push(["setHistoryOpen", open]);
    this.put({ history: { ...this.current.history, open } });
  }

  public loadMore(section: Section): Promise<void> {
    return this.called("loadMore", section);
  }

  public addTimeLog(values: TimeLogValues): Promise<void> {
    return this.called("addTimeLog", values);
  }

  public changeTimeLog(id: string, values: TimeLogValues): Promise<void> {
    return this.called("changeTimeLog", id, values);
  }

  public voidTimeLog(id: string): Promise<void> {
    return this.called("voidTimeLog", id);
  }

  public restoreTimeLog(id: string): Promise<void> {
    return this.called("restoreTimeLog", id);
  }

  public correctOwnTime(durationSeconds: number, reason: string): Promise<void> {
    return this.called("correctOwnTime", durationSeconds, reason);
  }

  private called(...call: unknown[]): Promise<void> {
    this.calls.push(call);
    return this.outcome();
  }
}
