/** Access tokens from the sign-in web resource, which is loaded when the first one is needed. */

import { GatewayError } from "../core/gateway";
import type { TokenSource } from "../core/serviceGateway";
import type { PolicyWatch } from "./policyWatch";
import { WebScript } from "./webScript";

/** What the sign-in needs to know. `redirectUrl` is a page of ours on the environment's origin. */
export interface SignInOptions {
  readonly clientId: string;
  readonly scope: string;
  readonly tenantId: string | undefined;
  readonly loginHint: string | undefined;
  readonly redirectUrl: string;
}

/** Tokens as the web resource gives them. It rejects with `code` `interaction_required` where she
 *  has to help, from a click, through `signIn`. */
export interface WebTokens {
  token(): Promise<string>;
  tokenNow(): string | undefined;
  signIn(): Promise<void>;
  forget?(): void;
}

declare global {
  interface Window {
    chtSignIn?: { create(options: SignInOptions): WebTokens };
  }
}

/** A person as Entra knows her. */
export interface Identity {
  readonly objectId: string | undefined;
  readonly loginHint: string | undefined;
}

/** Tokens of the person whose form this is, and of nobody else who is signed in to this browser.
 *  Where it cannot be told who she is, no token is hers. */
export class WebSignIn implements TokenSource {
  readonly #script: WebScript<NonNullable<Window["chtSignIn"]>>;
  #tokens: WebTokens | undefined;
  #objectId: string | undefined;

  public constructor(
    private readonly win: Window,
    clientUrl: string,
    private readonly options: Omit<SignInOptions, "loginHint">,
    private readonly identity: () => Promise<Identity>,
    private readonly policy: PolicyWatch,
  ) {
    this.#script = new WebScript(win, clientUrl, "signin.js", () => win.chtSignIn);
  }

  public async token(): Promise<string> {
    const since = this.policy.count;
    try {
      const tokens = await this.#loaded();
      return this.#checked(await tokens.token());
    } catch (error) {
      throw await this.#explained(error, since);
    }
  }

  public tokenNow(): string | undefined {
    const token = this.#tokens?.tokenNow();
    return token !== undefined && this.#isHers(token) ? token : undefined;
  }

  public forget(): void {
    this.#tokens?.forget?.();
  }

  public async signIn(): Promise<void> {
    const tokens = this.#tokens ?? (await this.#loaded());
    await tokens.signIn();
    this.#checked(await tokens.token());
  }

  #checked(token: string): string {
    if (!this.#isHers(token)) {
      throw new GatewayError("signIn", "not their token");
    }
    return token;
  }

  #isHers(token: string): boolean {
    return this.#objectId !== undefined && claimsOf(token)["oid"] === this.#objectId;
  }

  async #explained(error: unknown, since: number): Promise<GatewayError> {
    if (error instanceof GatewayError) {
      return error;
    }
    if (await this.policy.hasBlocked({ since })) {
      return new GatewayError("blocked", "content policy");
    }
    const failure = this.win.navigator.onLine ? "signIn" : "unreachable";
    return new GatewayError(failure, String(error));
  }

  async #loaded(): Promise<WebTokens> {
    if (this.#tokens === undefined) {
      const [identity, signIn] = await Promise.all([this.identity(), this.#script.loaded()]);
      this.#objectId = identity.objectId;
      this.#tokens ??= signIn.create({ ...this.options, loginHint: identity.loginHint });
    }
    return this.#tokens;
  }
}

/** The claims of a token, unverified: only the service may believe them. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    return JSON.parse(atob(payload)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
