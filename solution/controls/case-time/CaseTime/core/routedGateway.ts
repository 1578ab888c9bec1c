/** Prefers the service. Where it cannot be asked, for want of a token or because the environment's
 *  content policy forbids it, time goes to Dataverse through the form's own session instead. */

import {
  type Abilities,
  type CallOptions,
  type CaseAnswer,
  type CaseReport,
  type CaseTime,
  type Delivery,
  GatewayError,
  type History,
  type Receipt,
  type Representative,
  type Section,
  type TimeGateway,
  type TimeLogValues,
} from "./gateway";
import type { Route } from "./widget";

/** How long the service is left alone after it could not be asked. */
export const AGAIN_AFTER_MS = 5 * 60_000;

/** A gateway that needs the representative to sign in. */
export interface SignedInGateway extends TimeGateway {
  signIn(): Promise<void>;
}

export class RoutedGateway implements TimeGateway {
  public onChange: () => void = () => undefined;
  private failedAt: number | undefined;
  private why: "signIn" | "blocked" | undefined;

  public constructor(
    private readonly service: SignedInGateway | undefined,
    private readonly rows: TimeGateway,
    private readonly now: () => number,
  ) {}

  public get route(): Route {
    return this.service === undefined || this.why !== undefined ? "withoutSignIn" : "service";
  }

  public get signInOffered(): boolean {
    return this.why === "signIn";
  }

  public get abilities(): Abilities {
    return this.route === "service" && this.service ? this.service.abilities : this.rows.abilities;
  }

  /** Ask her to sign in; resolves when the service can be asked.
   *
   *  Must be called from a click, since it opens a window.
   */
  public async signIn(): Promise<void> {
    await this.service?.signIn();
    this.learn(undefined);
  }

  public report(report: CaseReport, options?: CallOptions): Promise<CaseAnswer> {
    return this.via((gateway) => gateway.report(report, options));
  }

  public deliver(delivery: Delivery, options?: CallOptions): Promise<readonly Receipt[]> {
    return this.via((gateway) => gateway.deliver(delivery, options));
  }

  public history(caseId: string, section?: Section, cursor?: string): Promise<History> {
    return this.via((gateway) => gateway.history(caseId, section, cursor));
  }

  public representatives(caseId: string): Promise<readonly Representative[]> {
    return this.via((gateway) => gateway.representatives(caseId));
  }

  public correctOwnTime(
    caseId: string,
    durationSeconds: number,
    reason: string,
  ): Promise<CaseTime> {
    return this.via((gateway) => gateway.correctOwnTime(caseId, durationSeconds, reason));
  }

  public addTimeLog(caseId: string, id: string, values: TimeLogValues): Promise<void> {
    return this.via((gateway) => gateway.addTimeLog(caseId, id, values));
  }

  public changeTimeLog(caseId: string, id: string, values: TimeLogValues): Promise<void> {
    return this.via((gateway) => gateway.changeTimeLog(caseId, id, values));
  }

  public voidTimeLog(caseId: string, id: string): Promise<void> {
    return this.via((gateway) => gateway.voidTimeLog(caseId, id));
  }

  public restoreTimeLog(caseId: string, id: string): Promise<void> {
    return this.via((gateway) => gateway.restoreTimeLog(caseId, id));
  }

  /** Start the call at once, since one that outlives the page cannot wait for anything. */
  private via<T>(call: (gateway: TimeGateway) => Promise<T>): Promise<T> {
    const { service } = this;
    if (service === undefined || this.leftAlone()) {
      return call(this.rows);
    }
    return started(() => call(service)).then(
      (answer) => {
        this.learn(undefined);
        return answer;
      },
      (error: unknown) => {
        if (error instanceof GatewayError && isInTheWay(error.failure)) {
          this.learn(error.failure);
          return call(this.rows);
        }
        throw error;
      },
    );
  }

  private leftAlone(): boolean {
    return this.failedAt !== undefined && this.now() - this.failedAt < AGAIN_AFTER_MS;
  }

  private learn(why: "signIn" | "blocked" | undefined): void {
    this.failedAt = why === undefined ? undefined : this.now();
    if (why !== this.why) {
      this.why = why;
      this.onChange();
    }
  }
}

function isInTheWay(failure: string): failure is "signIn" | "blocked" {
  return failure === "signIn" || failure === "blocked";
}

function started<T>(call: () => Promise<T>): Promise<T> {
  try {
    return call();
  } catch (error) {
    return Promise.reject(error);
  }
}
