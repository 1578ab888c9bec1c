/** The functions' HTTP API (`/api`), as the representative who is signed in. */

import {
  type Abilities,
  type CallOptions,
  type CaseAnswer,
  type CaseReport,
  type CaseTime,
  type Delivery,
  type Failure,
  GatewayError,
  type History,
  type Receipt,
  type Representative,
  type Section,
  type TimeLogValues,
} from "./gateway";
import type { SignedInGateway } from "./gatewayChoice";

/** Longer than the service waits for Dataverse, with room for a cold start. */
const CALL_TIMEOUT_MS = 30_000;

/** Where access tokens come from. `token` rejects with a `GatewayError` of kind `signIn` where none
 *  can be had without her help. */
export interface TokenSource {
  token(): Promise<string>;
  /** The token in hand, for calls that cannot wait. */
  tokenNow(): string | undefined;
  /** The service refused the token in hand. */
  forget(): void;
  signIn(): Promise<void>;
}

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly keepalive: boolean;
  readonly timeoutMs: number;
}

export interface Response {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly content: unknown;
}

/** Send a request. Rejects with a `GatewayError`: `unreachable`, or `blocked` by the content policy. */
export type Send = (request: Request) => Promise<Response>;

/** What a call brings along, if anything, and whether it outlives the page. */
interface Sent {
  readonly body?: unknown;
  readonly keepalive?: boolean | undefined;
}

export class ServiceGateway implements SignedInGateway {
  public readonly abilities: Abilities = { everyone: true, correction: true };

  readonly #tokens: TokenSource;

  public constructor(
    private readonly baseUrl: string,
    tokens: TokenSource,
    private readonly send: Send,
    private readonly app: () => string | undefined,
  ) {
    this.#tokens = tokens;
  }

  public signIn(): Promise<void> {
    return this.#tokens.signIn();
  }

  public async prepare(): Promise<void> {
    if (this.#tokens.tokenNow() === undefined) {
      await this.#tokens.token();
    }
  }

  public report(report: CaseReport, options: CallOptions = {}): Promise<CaseAnswer> {
    const { event, caseId, ...rest } = report;
    const told = { ...rest, app: this.app() };
    const [path, body] = event === "refresh" ? ["refresh", told] : ["focus", { event, ...told }];
    const { keepalive } = options;
    return this.#call("POST", `cases/${caseId}/${path}`, { body, keepalive });
  }

  public async deliver(delivery: Delivery, options: CallOptions = {}): Promise<readonly Receipt[]> {
    const sent = { ...options, body: delivery };
    const answer = await this.#call<{ readonly receipts: readonly Receipt[] }>(
      "POST",
      "segments",
      sent,
    );
    return answer.receipts;
  }

  public history(caseId: string, section?: Section, cursor?: string): Promise<History> {
    return this.#call("GET", this.#path(`cases/${caseId}/history`, { section, cursor }));
  }

  public async representatives(caseId: string): Promise<readonly Representative[]> {
    const path = this.#path(`cases/${caseId}/representatives`);
    const team = await this.#call<{ readonly representatives: readonly Representative[] }>(
      "GET",
      path,
    );
    return team.representatives;
  }

  public correctOwnTime(
    caseId: string,
    durationSeconds: number,
    reason: string,
  ): Promise<CaseTime> {
    const path = this.#path(`cases/${caseId}/automatic-time`);
    return this.#call("PUT", path, { body: { durationSeconds, reason } });
  }

  public addTimeLog(caseId: string, id: string, values: TimeLogValues): Promise<void> {
    const path = this.#path(`cases/${caseId}/time-logs`);
    return this.#call("POST", path, { body: { id, ...values } });
  }

  public changeTimeLog(caseId: string, id: string, values: TimeLogValues): Promise<void> {
    return this.#call("PATCH", this.#logPath(caseId, id), { body: values });
  }

  public voidTimeLog(caseId: string, id: string): Promise<void> {
    return this.#call("DELETE", this.#logPath(caseId, id));
  }

  public restoreTimeLog(caseId: string, id: string): Promise<void> {
    return this.#call("POST", this.#logPath(caseId, id, "/restore"));
  }

  #logPath(caseId: string, id: string, more = ""): string {
    return this.#path(`cases/${caseId}/time-logs/${id}${more}`);
  }

  #path(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
    const asked = Object.entries({ app: this.app(), ...query })
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return asked.length > 0 ? `${path}?${asked.join("&")}` : path;
  }

  #call<T>(method: string, path: string, sent: Sent = {}): Promise<T> {
    const send = (token: string): Promise<Response> => this.#sent(method, path, sent, token);
    if (sent.keepalive !== true) {
      return this.#patiently<T>(send);
    }
    const token = this.#tokens.tokenNow();
    if (token === undefined) {
      throw new GatewayError("unreachable", "no token");
    }
    return send(token).then((response) => {
      if (response.status === 401) {
        this.#tokens.forget();
        throw new GatewayError("unreachable", "token refused");
      }
      return contentOf<T>(response);
    });
  }

  async #patiently<T>(send: (token: string) => Promise<Response>): Promise<T> {
    let response = await send(await this.#tokens.token());
    if (response.status === 401) {
      this.#tokens.forget();
      response = await send(await this.#tokens.token());
    }
    return contentOf<T>(response);
  }

  #sent(method: string, path: string, sent: Sent, token: string): Promise<Response> {
    return this.send({
      method,
      url: `${this.baseUrl}/${path}`,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: sent.body === undefined ? undefined : JSON.stringify(sent.body),
      keepalive: sent.keepalive ?? false,
      timeoutMs: CALL_TIMEOUT_MS,
    });
  }
}

/** A problem document (RFC 9457), as far as it is used. */
interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly retryAfterSeconds?: number;
  readonly errors?: readonly { readonly field: string; readonly detail: string }[];
}

function contentOf<T>(response: Response): T {
  if (response.status >= 200 && response.status < 300) {
    return response.content as T;
  }
  const problem = (response.content ?? {}) as Problem;
  const [error] = problem.errors ?? [];
  const summary = error?.detail ?? problem.detail ?? problem.title ?? `Status ${response.status}`;
  throw new GatewayError(failureOf(response.status), summary, {
    field: error?.field,
    // The header cannot be read across origins, unless the host of the functions exposes it.
    retryAfterSeconds: problem.retryAfterSeconds ?? (Number(response.retryAfter) || undefined),
  });
}

function failureOf(status: number): Failure {
  switch (status) {
    case 401:
      return "signIn";
    case 403:
      return "forbidden";
    case 404:
    case 410:
      return "missing";
    case 408:
    case 429:
      return "unreachable";
    default:
      return status >= 500 ? "unreachable" : "refused";
  }
}
