/** The app around the form: which session is in front, and when that may have changed. */

import type { Surface } from "../../core/gateway";

export interface Host {
  /** The way in which the app tells of sessions, for whoever has to find out why time is missing. */
  name(): string;
  surface(): Surface;
  /** The focused session; undefined in an app that has none. */
  session(): string | undefined;
  /** In a case's own session, work in another app tab is work on the case. */
  carriesOn(): boolean;
  /** The case of the page in front, where the host tells that; its form has tabs of its own. */
  caseInFront(): string | undefined;
  /** Calls back whenever another session or tab may be in front. */
  listen(look: () => void): void;
}

/** What hosts offer to scripts, as far as it is used. The vendor's own controls use `App.sessions` and,
 *  lately, `AppRuntime.Sessions`, which has the same shape; `Microsoft.Apm` is the documented way. Each
 *  may be missing. */
export interface HostGlobals {
  readonly Xrm?: {
    readonly App?: { readonly sessions?: Sessions };
    readonly Utility?: {
      readonly getGlobalContext?: () => GlobalContext;
      readonly getPageContext?: () => { readonly input?: PageInput };
    };
  };
  readonly Microsoft?: {
    readonly AppRuntime?: { readonly Sessions?: Sessions };
    readonly Apm?: Sessions;
  };
}

export interface PageInput {
  readonly pageType?: string;
  readonly entityName?: string;
  readonly entityId?: string;
}

export interface AppSession {
  readonly sessionId: string;
  readonly isDefault?: boolean;
}

/** How an app tells of its sessions: which is in front, and by handlers or topics when that changes. */
export interface Sessions {
  getFocusedSession?(): AppSession | undefined;
  addOnAfterSessionSwitch?(handler: () => void): string;
  addOnAfterSessionCreate?(handler: () => void): string;
  addOnAfterSessionClose?(handler: () => void): string;
  addOnAfterTabSwitch?(handler: () => void): string;
  getEventPublisherTopic?(name: string): string;
}

export interface GlobalContext {
  getClientUrl?(): string;
  getCurrentAppProperties?(): Promise<{ readonly uniqueName?: string }>;
}
