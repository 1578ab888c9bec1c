/** The desk of this browser page: made by the first case form that opens, used by all. */

import { Desk } from "../core/desk";
import { GatewayChoice } from "../core/gatewayChoice";
import { ServiceGateway } from "../core/serviceGateway";
import { Timeline } from "../core/timeline";
import { caseStates } from "./caseStates";
import { type Caller, callerOf, type Context, identityOf } from "./caller";
import { hostOf, type HostWindow } from "./hosts/detect";
import type { HostGlobals } from "./hosts/host";
import { sender } from "./http";
import { PageSensors } from "./pageSensors";
import { PolicyWatch } from "./policyWatch";
import { segmentDatabase } from "./segmentDatabase";
import { WebRows } from "./webRows";
import { VERSION, WEB_RESOURCES } from "./webScript";
import { type Identity, WebSignIn } from "./webSignIn";

const TICK_MS = 1_000;

/** How long calls wait for the app to tell its name. */
const NAME_PATIENCE_MS = 3_000;

const KEY = Symbol.for("cht.caseTime.desk");

/** A desk and the sensors that tell it what happens on the page. */
export interface PageDesk {
  readonly desk: Desk;
  readonly sensors: PageSensors;
  readonly clientUrl: string;
  readonly support: () => string;
  /** Of the form that was shown last: that of a form that is gone may be of no use any more. */
  readonly latest: { context: Context };
}

type Win = Window & typeof globalThis & HostGlobals & { [KEY]?: PageDesk };

export function deskOf(context: Context): PageDesk {
  const win = window as unknown as Win;
  win[KEY] ??= made(win, context);
  win[KEY].latest.context = context;
  return win[KEY];
}

function made(win: Win, context: Context): PageDesk {
  const globalContext = win.Xrm?.Utility?.getGlobalContext?.();
  const clientUrl = globalContext?.getClientUrl?.() ?? win.location.origin;
  const caller = callerOf(context, clientUrl);
  const host = hostOf(win as unknown as HostWindow);
  const sensors = new PageSensors(win, host);
  const latest = { context };
  const webApi = (): ComponentFramework.WebApi => latest.context.webAPI;
  const owner = { environment: caller.environment, person: caller.userId };
  const storage = caller.userId === "" ? undefined : storageOf(win);
  const timeline = new Timeline(() => ({ wall: Date.now(), steady: win.performance.now() }));
  const now = (): number => timeline.now();
  let app: string | undefined;
  const ready = new Promise<unknown>((resolve) => {
    win.setTimeout(resolve, NAME_PATIENCE_MS);
    const named = globalContext?.getCurrentAppProperties?.().then(({ uniqueName }) => {
      app = uniqueName;
    });
    // An app that does not tell its name has the environment's settings.
    Promise.resolve(named).then(resolve, resolve);
  });
  const desk = new Desk({
    now,
    timers: {
      after: (ms, run) => {
        const timer = win.setTimeout(run, ms);
        return () => {
          win.clearTimeout(timer);
        };
      },
    },
    chance: Math.random,
    newId: () => win.crypto.randomUUID(),
    store: segmentDatabase(storage, owner),
    states: caseStates(webApi, storage, owner),
    gateway: gatewayOf({ win, latest, webApi, caller, clientUrl, now, app: () => app }),
    view: () => sensors.view(),
    online: () => win.navigator.onLine,
    ready,
    windowId: win.crypto.randomUUID(),
  });
  sensors.listen({
    look: () => {
      desk.page.look();
    },
    leave: () => {
      desk.page.leave();
    },
    online: () => {
      desk.hurry();
    },
  });
  win.setInterval(() => {
    desk.page.tick();
  }, TICK_MS);
  const support = (): string => `${VERSION} · ${desk.gateway.route} · ${host.name()}`;
  return { desk, sensors, clientUrl, support, latest };
}

interface Place {
  readonly win: Win;
  readonly latest: PageDesk["latest"];
  readonly webApi: () => ComponentFramework.WebApi;
  readonly caller: Caller;
  readonly clientUrl: string;
  readonly now: () => number;
  readonly app: () => string | undefined;
}

function gatewayOf(place: Place): GatewayChoice {
  const { win, latest, webApi, caller, clientUrl, now, app } = place;
  const { apiBaseUrl, signInClientId, signInScope } = latest.context.parameters;
  const policy = new PolicyWatch(win);
  const me = { id: caller.userId, name: caller.name };
  const rows = new WebRows(win, {
    me,
    webApi,
    send: sender(win, clientUrl, policy),
    clientUrl,
    app,
    now,
  });
  const base = addressOf(apiBaseUrl.raw);
  if (base === undefined) {
    return new GatewayChoice(undefined, rows, now);
  }
  const options = {
    clientId: signInClientId.raw ?? "",
    scope: signInScope.raw ?? "",
    tenantId: caller.tenantId,
    redirectUrl: `${clientUrl}${WEB_RESOURCES}signin-redirect.html`,
  };
  const identity = (): Promise<Identity> => identityOf(latest.context, caller.userId);
  const tokens = new WebSignIn(win, clientUrl, options, identity, policy);
  const send = sender(win, base.origin, policy);
  const service = new ServiceGateway(base.href.replace(/\/+$/, ""), tokens, send, app);
  return new GatewayChoice(service, rows, now);
}

/** What an administrator entered may be nothing, or no address. */
function addressOf(text: string | null): URL | undefined {
  try {
    return new URL(text ?? "");
  } catch {
    return undefined;
  }
}

/** Reading `indexedDB` may throw where the browser keeps nothing. */
function storageOf(win: Win): IDBFactory | undefined {
  try {
    return win.indexedDB;
  } catch {
    return undefined;
  }
}
