import { describe, expect, it } from "vitest";
import { hostOf, type HostWindow } from "../../CaseTime/platform/hosts/detect";
import type { AppSession } from "../../CaseTime/platform/hosts/host";

const HOME: AppSession = { sessionId: "home", isDefault: true };
const CASE: AppSession = { sessionId: "case", isDefault: false };

/** An app with sessions as `Xrm.App.sessions` tells of them. */
class SessionsApp {
  public focused = CASE;
  public readonly top = new EventTarget();
  private readonly handlers: (() => void)[] = [];

  public window(): HostWindow {
    const on = (handler: () => void): string => String(this.handlers.push(handler));
    const sessions = {
      getFocusedSession: () => this.focused,
      addOnAfterSessionSwitch: on,
      addOnAfterTabSwitch: on,
    };
    return { Xrm: { App: { sessions } }, top: this.top, BroadcastChannel };
  }

  public switchTo(session: AppSession): void {
    this.focused = session;
    this.handlers.forEach((handler) => {
      handler();
    });
  }
}

/** The same app as the documented way tells of it. */
class ApmApp {
  public focused = CASE;
  public readonly top = new EventTarget();
  private readonly channels = new Map<string, { onmessage: (() => void) | null }>();

  public window(): HostWindow {
    const { channels } = this;
    class Channel {
      public onmessage: (() => void) | null = null;
      public constructor(topic: string) {
        channels.set(topic, this);
      }
    }
    const apm = {
      getFocusedSession: () => this.focused,
      getEventPublisherTopic: (name: string) => `topic.${name}`,
    };
    return {
      Microsoft: { Apm: apm },
      top: this.top,
      BroadcastChannel: Channel as unknown as typeof BroadcastChannel,
    };
  }

  public switchTo(session: AppSession): void {
    this.focused = session;
    this.channels.get("topic.ON_SESSION_SWITCH")?.onmessage?.();
  }
}

describe.each([
  ["Xrm.App.sessions", SessionsApp],
  ["the documented topics", ApmApp],
])("an app with sessions, told by %s", (_, App) => {
  it("says which session is in front, and when another is", () => {
    const app = new App();
    const host = hostOf(app.window());
    let seen: string | undefined;
    host.listen(() => {
      seen = host.session();
    });
    app.switchTo(HOME);

    expect([host.surface(), seen]).toEqual(["workspace", "home"]);
  });

  it("lets work go on in a case's session, and not at home", () => {
    const app = new App();
    const host = hostOf(app.window());

    expect(host.carriesOn()).toBe(true);
    app.switchTo(HOME);
    expect(host.carriesOn()).toBe(false);
  });

  it("knows the inbox from the first exchange of a record on", () => {
    const app = new App();
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

describe("the page in front of an app without sessions", () => {
  const host = (input: object): string | undefined => {
    const Xrm = { Utility: { getPageContext: () => ({ input }) } };
    return hostOf({ Xrm, top: null, BroadcastChannel }).caseInFront();
  };

  it("is a case's", () => {
    const input = { pageType: "entityrecord", entityName: "incident", entityId: "{ABCD}" };

    expect(host(input)).toBe("abcd");
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
