/** The app around the form: which session is in front, and when that may have changed. */

import type { Surface } from "../../core/gateway";

export interface Host {
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

/** What hosts offer to scripts, as far as it is used. `App.sessions` is what the vendor's own
 *  controls use; `Microsoft.Apm` is the documented way. Either may be missing. */
export interface HostGlobals {
  readonly Xrm?: {
    readonly App?: { readonly sessions?: AppSessions };
    readonly Utility?: {
      readonly getGlobalContext?: () => GlobalContext;
      readonly getPageContext?: () => { readonly input?: PageInput };
    };
  };
  readonly Microsoft?: { readonly Apm?: Apm };
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

export interface AppSessions {
  getFocusedSession?(): AppSession | undefined;
  addOnAfterSessionSwitch?(handler: () => void): string;
  addOnAfterSessionCreate?(handler: () => void): string;
  addOnAfterSessionClose?(handler: () => void): string;
  addOnAfterTabSwitch?(handler: () => void): string;
}

export interface Apm {
  getFocusedSession?(): AppSession | undefined;
  getEventPublisherTopic?(name: string): string;
}

export interface GlobalContext {
  getClientUrl?(): string;
  getCurrentAppProperties?(): Promise<{ readonly uniqueName?: string }>;
}
