import {
  type AccountInfo,
  BrowserAuthError,
  InteractionRequiredAuthError,
  type IPublicClientApplication,
} from "@azure/msal-browser";
import { describe, expect, it } from "vitest";
import { MsalTokens, SPARE_MS } from "../../signin/msalTokens";

const NOW = Date.parse("2026-03-10T09:00:00Z");
const HOUR = 3_600_000;
const OPTIONS = {
  clientId: "client",
  scope: "api://x/access_as_user",
  tenantId: "tenant",
  loginHint: "Amira@office.test",
  redirectUrl: "https://org.test/WebResources/cht_/signin-redirect.html",
};

type Answer = "token" | Error;

/** The library, as far as it is used; what it was asked for is written down. */
class Client {
  public readonly asked: string[] = [];
  public accounts: readonly { readonly username: string }[] = [];
  public silent: Answer = "token";
  public sso: Answer = "token";
  public expiresOn = new Date(NOW + HOUR);

  public initialize(): Promise<void> {
    this.asked.push("initialize");
    return Promise.resolve();
  }

  public getAllAccounts(): readonly AccountInfo[] {
    return this.accounts as readonly AccountInfo[];
  }

  public acquireTokenSilent({ forceRefresh }: { forceRefresh?: boolean }): Promise<unknown> {
    return this.answer(forceRefresh === true ? "renewed" : "silent", this.silent);
  }

  public ssoSilent({ loginHint }: { loginHint?: string }): Promise<unknown> {
    return this.answer(`sso ${loginHint ?? ""}`, this.sso);
  }

  public acquireTokenPopup({ redirectUri }: { redirectUri?: string }): Promise<unknown> {
    return this.answer(`popup ${redirectUri ?? ""}`, "token");
  }

  private answer(name: string, answer: Answer): Promise<unknown> {
    this.asked.push(name);
    if (answer instanceof Error) {
      return Promise.reject(answer);
    }
    return Promise.resolve({ accessToken: name, expiresOn: this.expiresOn });
  }
}

function world(): { readonly client: Client; readonly tokens: MsalTokens; now: number } {
  const client = new Client();
  const made = { client, now: NOW } as { client: Client; now: number; tokens: MsalTokens };
  const library = client as unknown as IPublicClientApplication;
  made.tokens = new MsalTokens(library, OPTIONS, () => made.now);
  return made;
}

const needsHer = new InteractionRequiredAuthError("login_required", "sign in");

describe("tokens", () => {
  it("come from the session she has with Entra where she has not signed in here before", async () => {
    const { client, tokens } = world();

    await tokens.token();

    expect(client.asked).toEqual(["initialize", "sso Amira@office.test"]);
  });

  it("come from her own account in the cache", async () => {
    const { client, tokens } = world();
    client.accounts = [{ username: "ben@office.test" }, { username: "amira@office.test" }];

    await tokens.token();

    expect(client.asked).toEqual(["initialize", "silent"]);
  });

  it("come from Entra once the service has refused the one in the cache", async () => {
    const { client, tokens } = world();
    client.accounts = [{ username: "amira@office.test" }];
    await tokens.token();
    tokens.forget();

    expect(await tokens.token()).toBe("renewed");
    tokens.forget();
    await tokens.token();
    expect(client.asked).toEqual(["initialize", "silent", "renewed", "renewed"]);
  });

  it("never come from the account of another person on this browser", async () => {
    const { client, tokens } = world();
    client.accounts = [{ username: "ben@office.test" }];

    await tokens.token();

    expect(client.asked).not.toContain("silent");
  });

  it("come from her session when the cached refresh token has ended", async () => {
    const { client, tokens } = world();
    client.accounts = [{ username: "amira@office.test" }];
    client.silent = needsHer;

    await tokens.token();

    expect(client.asked.at(-1)).toBe("sso Amira@office.test");
  });

  it.each([
    ["she has no session", needsHer],
    ["the hidden frame does not answer", new BrowserAuthError("monitor_window_timeout", "frame")],
  ])("need her where %s", async (_, error) => {
    const { client, tokens } = world();
    client.sso = error;

    await expect(tokens.token()).rejects.toMatchObject({ code: "interaction_required" });
  });

  it("do not need her where only the network is away", async () => {
    const { client, tokens } = world();
    client.sso = new Error("network");

    await expect(tokens.token()).rejects.toThrow("network");
  });

  it("are asked for once by many at a time, and kept until shortly before their end", async () => {
    const made = world();
    await Promise.all([made.tokens.token(), made.tokens.token()]);
    made.now = NOW + HOUR - SPARE_MS - 1;
    await made.tokens.token();
    expect(made.client.asked).toHaveLength(2);

    made.now += 2;

    expect(made.tokens.tokenNow()).toBeUndefined();
  });

  it("come from a window she opens, which answers to our own page", async () => {
    const { client, tokens } = world();

    await tokens.signIn();

    expect(client.asked.at(-1)).toBe(`popup ${OPTIONS.redirectUrl}`);
    expect(tokens.tokenNow()).toBe(`popup ${OPTIONS.redirectUrl}`);
  });
});
