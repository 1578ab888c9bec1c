/** What the view knows of a case's time and what it can ask for: the border between core and view. */

import type {
  Abilities,
  CaseTime,
  History,
  Representative,
  Section,
  Settings,
  TimeLogValues,
} from "./gateway";

/** `unsaved`: the case has no id yet. `forbidden`: she may not see this case's time. */
export type Phase = "loading" | "ready" | "unsaved" | "forbidden" | "failed";

/** Why nothing is being counted for this case at this moment, the most telling reason first. */
export type StoppedWhy =
  | "case_resolved"
  | "case_cancelled"
  | "tracking_disabled"
  | "idle"
  | "hidden"
  | "other_window"
  | "other_case"
  | "not_shown"
  | "starting";

/** Segments that wait on this device. `full`: no more can be kept. `volatile`: they are lost with
 *  the window because the browser gives no storage. `refusedSeconds`: own time on this case that the
 *  server did not count, and `refusedReason` why. */
export interface WaitingState {
  readonly segments: number;
  readonly full: boolean;
  readonly volatile: boolean;
  readonly refusedSeconds: number;
  readonly refusedReason: string | null;
}

/** `unreachable`: this device is online and the service does not answer. */
export type Connection = "online" | "offline" | "unreachable";

/** Which way is used, and whether she can do something about it. `withoutSignIn`: her time goes to
 *  Dataverse directly and only her own figures can be shown. */
export type Route = "service" | "withoutSignIn";

/** A new object at each change, so that a view can compare by identity. */
export interface WidgetState {
  readonly phase: Phase;
  readonly running: boolean;
  readonly stoppedWhy: StoppedWhy | null;
  readonly time: CaseTime | undefined;
  readonly settings: Settings;
  readonly abilities: Abilities;
  readonly waiting: WaitingState;
  readonly connection: Connection;
  readonly route: Route;
  readonly signInOffered: boolean;
  readonly refreshing: boolean;
  readonly people: readonly Representative[] | undefined;
  readonly history: HistoryState;
}

/** `lists` is undefined until the history was opened and loaded once; `failed` says the last try did. */
export interface HistoryState {
  readonly open: boolean;
  readonly loading: boolean;
  readonly failed: boolean;
  readonly lists: History | undefined;
}

/** The case on one form, for its view. Promises reject with a `GatewayError`. */
export interface CaseWidget {
  state(): WidgetState;
  /** Calls back after each change of the state; returns how to end that. */
  subscribe(listener: () => void): () => void;
  /** Calls back about once a second while this case is being counted. */
  onTick(listener: () => void): () => void;
  /** Her own seconds on this case up to now: recorded, waiting and running. */
  ownSeconds(): { readonly total: number; readonly automatic: number };
  refresh(): Promise<void>;
  signIn(): Promise<void>;
  setHistoryOpen(open: boolean): void;
  loadMore(section: Section): Promise<void>;
  addTimeLog(values: TimeLogValues): Promise<void>;
  changeTimeLog(id: string, values: TimeLogValues): Promise<void>;
  voidTimeLog(id: string): Promise<void>;
  restoreTimeLog(id: string): Promise<void>;
  correctOwnTime(durationSeconds: number, reason: string): Promise<void>;
}
