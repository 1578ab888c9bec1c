/** Prefers the service. Where it cannot be asked, for want of a token or because the environment's
 *  content policy forbids it, time goes to Dataverse through the form's own session instead. */

import { type Abilities, GatewayError, type TimeGateway } from "./gateway";
import type { Route } from "./widget";

/** How long the service is left alone after it could not be asked. */
export const AGAIN_AFTER_MS = 5 * 60_000;

/** A representative reads only her own rows, and what a correction is made from is not among them. */
export const ABILITIES_WITHOUT_SERVICE: Abilities = { everyone: false, correction: false };

/** A gateway that needs the representative to sign in. */
export interface SignedInGateway extends TimeGateway {
  /** Must be called from a click, since it opens a window. */
  signIn(): Promise<void>;
  /** Have a token in hand for a call that cannot wait. */
  prepare(): Promise<void>;
}

/** A gateway that has to be loaded first. */
export interface LoadedGateway {
  /** The gateway, if it is there already. */
  readonly present: TimeGateway | undefined;
  /** Rejects with a `GatewayError` where it cannot be loaded. */
  load(): Promise<TimeGateway>;
}

export type Call<T> = (gateway: TimeGateway) => Promise<T>;

export class GatewayChoice {
  public onChange: () => void = () => undefined;
  #failedAt: number | undefined;
  #why: "signIn" | "blocked" | undefined;

  readonly #service: SignedInGateway | undefined;

  public constructor(
    service: SignedInGateway | undefined,
    private readonly rows: LoadedGateway,
    private readonly now: () => number,
  ) {
    this.#service = service;
  }

  public get route(): Route {
    return this.#service === undefined || this.#why !== undefined ? "withoutSignIn" : "service";
  }

  public get signInOffered(): boolean {
    return this.#why === "signIn";
  }

  public get abilities(): Abilities {
    return this.route === "service" && this.#service !== undefined
      ? this.#service.abilities
      : ABILITIES_WITHOUT_SERVICE;
  }

  /** Ask her to sign in; resolves when the service can be asked. */
  public async signIn(): Promise<void> {
    await this.#service?.signIn();
    this.#learn(undefined);
  }

  /** Make a call through whichever gateway can take it. It starts before this returns, since one
   *  that outlives the page cannot wait; only a gateway that is still to be loaded makes it wait. */
  public ask<T>(call: Call<T>): Promise<T> {
    const service = this.#service;
    if (service === undefined || this.#leftAlone()) {
      return this.#askRows(call);
    }
    return started(() => call(service)).then(
      (answer) => {
        this.#learn(undefined);
        return answer;
      },
      (error: unknown) => {
        if (this.#isInTheWay(error)) {
          return this.#askRows(call);
        }
        throw error;
      },
    );
  }

  /** Make ready for the call that a closing page makes. */
  public prepare(): void {
    if (this.#why === undefined) {
      this.#service?.prepare().catch((error: unknown) => this.#isInTheWay(error));
    }
  }

  /** Learn from a failure whether the service can be asked at all. */
  #isInTheWay(error: unknown): boolean {
    const failure = error instanceof GatewayError ? error.failure : undefined;
    if (failure === "signIn" || failure === "blocked") {
      this.#learn(failure);
      return true;
    }
    return false;
  }

  #askRows<T>(call: Call<T>): Promise<T> {
    const { present } = this.rows;
    return present === undefined ? this.rows.load().then(call) : started(() => call(present));
  }

  #leftAlone(): boolean {
    return this.#failedAt !== undefined && this.now() - this.#failedAt < AGAIN_AFTER_MS;
  }

  #learn(why: "signIn" | "blocked" | undefined): void {
    this.#failedAt = why === undefined ? undefined : this.now();
    if (why !== this.#why) {
      this.#why = why;
      this.onChange();
    }
  }
}

/** Start a call now; what it throws is a rejection too. */
async function started<T>(call: () => Promise<T>): Promise<T> {
  return call();
}
