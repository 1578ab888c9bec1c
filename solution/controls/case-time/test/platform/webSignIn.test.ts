import { beforeEach, describe, expect, it, vi } from "vitest";
import { PolicyWatch } from "../../CaseTime/platform/policyWatch";
import { type Identity, WebSignIn, type WebTokens } from "../../CaseTime/platform/webSignIn";

const HERS = "aaaaaaaa-1111-4000-8000-000000000000";
const OPTIONS = {
  clientId: "client",
  scope: "api://x/access_as_user",
  tenantId: "tenant",
  redirectUrl: "https://org.test/WebResources/cht_/signin-redirect.html",
};

function token(oid: string): string {
  const part = (value: object): string => btoa(JSON.stringify(value)).replace(/=+$/, "");
  return `${part({ alg: "none" })}.${part({ oid })}.x`;
}

function signIn(tokens: Partial<WebTokens>, objectId: string | undefined = HERS): WebSignIn {
  window.chtSignIn = {
    create: () => ({
      token: () => Promise.resolve(token(HERS)),
      tokenNow: () => token(HERS),
      signIn: () => Promise.resolve(),
      ...tokens,
    }),
  };
  const identity = (): Promise<Identity> => Promise.resolve({ objectId, loginHint: "amira" });
  return new WebSignIn(window, "https://org.test", OPTIONS, identity, new PolicyWatch(window));
}

/** Scripts do not load here: one that is put in has loaded, unless it is told to fail. */
function loadScripts(outcome: "load" | "error"): void {
  vi.spyOn(document.head, "append").mockImplementation((node) => {
    queueMicrotask(() => (node as HTMLElement).dispatchEvent(new Event(outcome)));
  });
}

beforeEach(() => {
  loadScripts("load");
});

describe("a token", () => {
  it("is hers", async () => {
    await expect(signIn({}).token()).resolves.toBe(token(HERS));
  });

  it("comes from a script whose address names its version", async () => {
    await signIn({}).token();
    const [[script]] = vi.mocked(document.head.append).mock.calls as [[HTMLScriptElement]];

    expect(script.src).toMatch(
      /^https:\/\/org\.test\/WebResources\/cht_\/signin\.js\?v=\d+(\.\d+)+$/,
    );
  });

  it("of another person who is signed in to this browser is none", async () => {
    const other = signIn({ token: () => Promise.resolve(token("somebody-else")) });

    await expect(other.token()).rejects.toMatchObject({ failure: "signIn" });
  });

  it("is nobody's where the form does not tell who she is", async () => {
    await expect(signIn({}, "").token()).rejects.toMatchObject({ failure: "signIn" });
  });

  it("of another person is not used by a page that leaves either", async () => {
    const other = signIn({ tokenNow: () => token("somebody-else") });
    await other.token();

    expect(other.tokenNow()).toBeUndefined();
  });

  it("needs her help where it cannot be had silently", async () => {
    const error = Object.assign(new Error("no session"), { code: "interaction_required" });

    await expect(signIn({ token: () => Promise.reject(error) }).token()).rejects.toMatchObject({
      failure: "signIn",
    });
  });

  it("is blocked where the content policy speaks up meanwhile", async () => {
    const blocked = signIn({
      token: () => {
        const event = new Event("securitypolicyviolation");
        Object.assign(event, {
          disposition: "enforce",
          effectiveDirective: "frame-src",
          blockedURI: "https://login.test",
        });
        document.dispatchEvent(event);
        return Promise.reject(new Error("monitor_window_timeout"));
      },
    });

    await expect(blocked.token()).rejects.toMatchObject({ failure: "blocked" });
  });

  it("may be had later where the device is offline", async () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);

    const offline = signIn({ token: () => Promise.reject(new Error("network_error")) });

    await expect(offline.token()).rejects.toMatchObject({ failure: "unreachable" });
  });

  it("is asked for again where the web resource could not be loaded the first time", async () => {
    const tokens = signIn({});
    const loaded = window.chtSignIn;
    delete window.chtSignIn;
    loadScripts("error");
    await expect(tokens.token()).rejects.toMatchObject({ failure: "signIn" });

    window.chtSignIn = loaded;
    loadScripts("load");

    await expect(tokens.token()).resolves.toBe(token(HERS));
  });
});
