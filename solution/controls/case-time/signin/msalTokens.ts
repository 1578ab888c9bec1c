/** Tokens through MSAL: silently where the browser allows it, else by a window she opens herself.
 *  Never by a redirect, which would take the form and what is typed there away.
 */

import {
  type AccountInfo,
  type AuthenticationResult,
  InteractionRequiredAuthError,
  type IPublicClientApplication,
} from "@azure/msal-browser";
import type { SignInOptions, WebTokens } from "../CaseTime/platform/webSignIn";

/** A token is renewed this long before it ends. */
export const SPARE_MS = 2 * 60_000;

/** Why MSAL could get nothing silently although she may well be able to sign in. */
const NEEDS_HER = ["monitor_window_timeout", "timed_out", "no_account_error", "silent_sso_error"];

class InteractionRequired extends Error {
  public readonly code = "interaction_required";
}

export class MsalTokens implements WebTokens {
  #held: AuthenticationResult | undefined;
  #refused = false;
  #asking: Promise<string> | undefined;
  #starting: Promise<void> | undefined;

  public constructor(
    private readonly client: IPublicClientApplication,
    private readonly options: SignInOptions,
    private readonly now: () => number,
  ) {}

  public token(): Promise<string> {
    const held = this.tokenNow();
    if (held !== undefined) {
      return Promise.resolve(held);
    }
    this.#asking ??= this.#silently().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  public tokenNow(): string | undefined {
    const until = this.#held?.expiresOn?.getTime() ?? 0;
    return until - SPARE_MS > this.now() ? this.#held?.accessToken : undefined;
  }

  /** The service refused the token, so the one in the cache is no better. */
  public forget(): void {
    this.#held = undefined;
    this.#refused = true;
  }

  public async signIn(): Promise<void> {
    await this.#started();
    this.#held = await this.client.acquireTokenPopup({ ...this.#request(), ...this.#hint() });
  }

  async #silently(): Promise<string> {
    await this.#started();
    try {
      this.#held = await this.#silentResult();
      this.#refused = false;
      return this.#held.accessToken;
    } catch (error) {
      const code = (error as { readonly errorCode?: string }).errorCode ?? "";
      if (error instanceof InteractionRequiredAuthError || NEEDS_HER.includes(code)) {
        throw new InteractionRequired(code);
      }
      throw error;
    }
  }

  /** From the cache or its refresh token where she has signed in here before, else from the session
   *  she has with Entra. Another person's account is none: the browser may be shared. */
  async #silentResult(): Promise<AuthenticationResult> {
    const account = this.#account();
    if (account !== undefined) {
      try {
        const forceRefresh = this.#refused;
        const request = { ...this.#request(), account, forceRefresh };
        return await this.client.acquireTokenSilent(request);
      } catch (error) {
        if (!(error instanceof InteractionRequiredAuthError)) {
          throw error;
        }
      }
    }
    return this.client.ssoSilent({ ...this.#request(), ...this.#hint() });
  }

  #account(): AccountInfo | undefined {
    const { loginHint } = this.options;
    const accounts = this.client.getAllAccounts();
    if (loginHint === undefined) {
      return accounts.length === 1 ? accounts[0] : undefined;
    }
    return accounts.find(({ username }) => username.toLowerCase() === loginHint.toLowerCase());
  }

  #request(): { readonly scopes: string[]; readonly redirectUri: string } {
    return { scopes: [this.options.scope], redirectUri: this.options.redirectUrl };
  }

  #hint(): { readonly loginHint?: string } {
    const { loginHint } = this.options;
    return loginHint === undefined ? {} : { loginHint };
  }

  #started(): Promise<void> {
    this.#starting ??= this.client.initialize();
    return this.#starting;
  }
}
