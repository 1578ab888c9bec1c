import { describe, expect, it } from "vitest";
import { hostOf, type HostWindow } from "../../CaseTime/platform/hosts/detect";
import type { AppSession, Sessions } from "../../CaseTime/platform/hosts/host";

const HOME: AppSession = { sessionId: "home", isDefault: true };
const CASE: AppSession = { sessionId: "case", isDefault: false };
const CASE_PAGE = { pageType: "entityrecord", entityName: "incident", entityId: "{ABCD}" };

const WAYS = ["Microsoft.AppRuntime.Sessions", "Xrm.App.sessions", "Microsoft.Apm"] as const;
type Way = (typeof WAYS)[number];

/** An app with sessions, which tells of them in some of the ways. One that is `broken` throws. */
class App {
  public focused: AppSession | undefined = CASE;
  public readonly top = new EventTarget();
  private readonly handlers: (() => void)[] = [];
  private readonly channels: { onmessage: (() => void) | null }[] = [];

  public constructor(
    private readonly ways: readonly Way[],
    private readonly broken: readonly Way[] = [],
  ) {}

  public window(): HostWindow {
    const { channels } = this;
    class Channel {
      public onmessage: (() => void) | null = null;
      public constructor() {
        channels.push(this);
      }
    }
    const runtime = this.has("Microsoft.AppRuntime.Sessions");
    const apm = this.has("Microsoft.Apm");
    const xrm = this.has("Xrm.App.sessions");
    return {
      Microsoft: {
        ...(runtime && { AppRuntime: { Sessions: this.sessions(runtime) } }),
        ...(apm && { Apm: this.sessions(apm) }),
      },
      Xrm: {
        ...(xrm && { App: { sessions: this.sessions(xrm) } }),
        Utility: { getPageContext: () => ({ input: CASE_PAGE }) },
      },
      top: this.top,
      BroadcastChannel: Channel as unknown as typeof BroadcastChannel,
    };
  }

  public switchTo(session: AppSession | undefined): void {
    this.focused = session;
    this.handlers.forEach((handler) => {
      handler();
    });
    this.channels.forEach(({ onmessage }) => onmessage?.());
  }

  private has(way: Way): Way | undefined {
    return this.ways.includes(way) ? way : undefined;
  }

  private sessions(way: Way): Sessions {
    const work = <T>(result: () => T): T => {
      if (this.broken.includes(way)) {
        throw new Error(`${way} is broken`);
      }
      return result();
    };
    const on = (handler: () => void): string => work(() => String(this.handlers.push(handler)));
    return {
      getFocusedSession: () => work(() => this.focused),
      ...(way === "Microsoft.Apm"
        ? { getEventPublisherTopic: (name: string) => work(() => `topic.${name}`) }
        : { addOnAfterSessionSwitch: on }),
    };
  }
}

describe.each(WAYS)("an app with sessions, told by %s alone", (way) => {
  it("says which session is in front, and when another is", () => {
    const app = new App([way]);
    const host = hostOf(app.window());
    let seen: string | undefined;
    host.listen(() => {
      seen = host.session();
    });
    app.switchTo(HOME);

    expect([host.surface(), seen, host.name()]).toEqual(["workspace", "home", way]);
  });

  it("lets work go on in a case's session, and not at home", () => {
    const app = new App([way]);
    const host = hostOf(app.window());

    expect(host.carriesOn()).toBe(true);
    app.switchTo(HOME);
    expect(host.carriesOn()).toBe(false);
  });

  it("knows the inbox from the first exchange of a record on", () => {
    const app = new App([way]);
    const host = hostOf(app.window());
    let looks = 0;
    host.listen(() => {
      looks += 1;
    });
    app.top.dispatchEvent(new Event("InboxRecordSwitch"));

    expect([host.surface(), host.carriesOn(), looks]).toEqual(["inbox", false, 1]);
    app.switchTo(HOME);
    expect(host.surface()).toBe("workspace");
  });
});

describe.each(WAYS)("an app with sessions in which %s fails", (broken) => {
  it("is told by the other ways", () => {
    const app = new App(WAYS, [broken]);
    const host = hostOf(app.window());
    let looks = 0;
    host.listen(() => {
      looks += 1;
    });
    app.switchTo(HOME);

    expect(host.session()).toBe("home");
    expect(looks).toBeGreaterThan(0);
    expect(host.name()).not.toBe(broken);
  });
});

describe("an app with sessions of which none is in front", () => {
  it("is asked for its page, as one without sessions", () => {
    const app = new App(WAYS);
    app.switchTo(undefined);
    const host = hostOf(app.window());

    expect([host.session(), host.caseInFront(), host.carriesOn()]).toEqual([
      undefined,
      "abcd",
      false,
    ]);
  });
});

describe("the page in front of an app without sessions", () => {
  const host = (input: object): string | undefined => {
    const Xrm = { Utility: { getPageContext: () => ({ input }) } };
    return hostOf({ Xrm, top: null, BroadcastChannel }).caseInFront();
  };

  it("is a case's", () => {
    expect(host(CASE_PAGE)).toBe("abcd");
  });

  it.each([
    { pageType: "entityrecord", entityName: "account", entityId: "{ABCD}" },
    { pageType: "dashboard" },
  ])("is no case's: %j", (input) => {
    expect(host(input)).toBeUndefined();
  });
});

describe("an app without sessions", () => {
  it.each([
    ["Customer Service Hub", { Xrm: { Utility: {} } }],
    ["a form that stands alone", {}],
  ])("is %s", (_, globals) => {
    const host = hostOf({ ...globals, top: null, BroadcastChannel });

    expect([host.surface(), host.session(), host.carriesOn()]).toEqual(["hub", undefined, false]);
  });
});
