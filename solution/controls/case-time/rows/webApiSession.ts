/** Dataverse through the form's own session: `context.webAPI`, and same-origin requests for what it
 *  cannot do (functions, and calls that outlive the page). */

import { GatewayError } from "../CaseTime/core/gateway";
import { type Person, type Row, theSame } from "./tables";
import type { FormSession } from "./rowsGateway";
import type { Send } from "../CaseTime/core/serviceGateway";

const API = "/api/data/v9.2";
const PAGE_SIZE = 5_000;
/** The most on elastic tables; whether more is cut or refused there, nobody says. */
const ELASTIC_PAGE_SIZE = 500;
const ELASTIC = ["cht_focussegment"];
const TIMEOUT_MS = 30_000;

/** A row with this id or key exists already. */
const DUPLICATE_CODES = [0x80040237, 0x80060892];
const DUPLICATE_STATUSES = [409, 412];
/** A rule for duplicates matched: the row is like another one, but its id is free. It comes with 412
 *  as well, and nothing was saved. */
const SIMILAR_CODE = 0x80040333;

/** Sets of the tables that are created by calls that outlive the page. */
const ENTITY_SETS: Readonly<Record<string, string>> = { cht_focussegment: "cht_focussegments" };

/** What `webAPI` rejects with, as far as it is known. */
interface WebApiError {
  readonly errorCode?: number;
  readonly code?: number;
  readonly httpStatusCode?: number;
  readonly status?: number;
  readonly message?: string;
  readonly retryAfter?: string | null;
}

export class WebApiSession implements FormSession {
  public constructor(
    public readonly me: Person,
    private readonly webApi: () => ComponentFramework.WebApi,
    private readonly send: Send,
    private readonly clientUrl: string,
    private readonly app: () => string | undefined,
  ) {}

  public async create(
    table: string,
    row: Row,
    keepalive: boolean,
  ): Promise<"created" | "duplicate"> {
    try {
      await (keepalive
        ? this.#createAtLast(table, row)
        : this.webApi().createRecord(table, { ...row }));
      return "created";
    } catch (error) {
      if (error instanceof GatewayError) {
        throw error;
      }
      const refusal = error as WebApiError;
      if (isDuplicate(refusal) || (isJudged(refusal) && (await this.#isThere(table, row)))) {
        return "duplicate";
      }
      throw gatewayError(refusal);
    }
  }

  public async update(table: string, id: string, row: Row): Promise<void> {
    await told(this.webApi().updateRecord(table, id, { ...row }));
  }

  public async find(table: string, query: string): Promise<readonly Row[]> {
    const pageSize = ELASTIC.includes(table) ? ELASTIC_PAGE_SIZE : PAGE_SIZE;
    const found: Row[] = [];
    let next: string | undefined = query;
    while (next !== undefined) {
      const options: string = next;
      const answer: ComponentFramework.WebApi.RetrieveMultipleResponse = await told(
        this.webApi().retrieveMultipleRecords(table, options, pageSize),
      );
      found.push(...answer.entities);
      const link = (answer as { nextLink?: string | null }).nextLink;
      next = link ? link.slice(link.indexOf("?")) : undefined;
    }
    return found;
  }

  public row(table: string, id: string, columns: string): Promise<Row> {
    return told(this.webApi().retrieveRecord(table, id, `?$select=${columns}`));
  }

  public async setting(name: string): Promise<string | undefined> {
    const app = this.app();
    const asked = `SettingName='${name}'${app === undefined ? "" : `,AppUniqueName='${app}'`}`;
    const response = await this.send({
      method: "GET",
      url: `${this.clientUrl}${API}/RetrieveSetting(${asked})`,
      headers: { accept: "application/json" },
      body: undefined,
      keepalive: false,
      timeoutMs: TIMEOUT_MS,
    });
    if (response.status !== 200) {
      throw statusError(response.status, `no setting ${name}`, response.retryAfter);
    }
    const { SettingDetail: detail } = response.content as {
      readonly SettingDetail?: { readonly Value?: string | null };
    };
    return detail?.Value ?? undefined;
  }

  /** What Dataverse says of an elastic row that is there already is published nowhere, so a refusal is
   *  checked against the row itself. */
  async #isThere(table: string, row: Row): Promise<boolean> {
    try {
      return (await this.find(table, theSame(table, row))).length > 0;
    } catch {
      return false;
    }
  }

  /** Rejects with a `WebApiError`, as `webAPI` does. */
  async #createAtLast(table: string, row: Row): Promise<void> {
    const { status, retryAfter, content } = await this.send({
      method: "POST",
      url: `${this.clientUrl}${API}/${ENTITY_SETS[table] ?? table}`,
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(row),
      keepalive: true,
      timeoutMs: TIMEOUT_MS,
    });
    if (status >= 300) {
      const { error } = (content ?? {}) as { readonly error?: { readonly code?: string } };
      const errorCode = Number(error?.code) || undefined; // a text, such as "0x80040237"
      throw Object.assign(new Error(`${table} was not created`), { status, errorCode, retryAfter });
    }
  }
}

async function told<T>(call: PromiseLike<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw gatewayError(error as WebApiError);
  }
}

/** Nothing else than its id can be in the way of a row that brings it along, so a conflict says that
 *  it is taken, whatever its code, except for a row that is only like another one. */
function isDuplicate(error: WebApiError): boolean {
  const [status, code] = [statusOf(error), codeOf(error)];
  return (
    DUPLICATE_CODES.includes(code) ||
    (status !== undefined && DUPLICATE_STATUSES.includes(status) && code !== SIMILAR_CODE)
  );
}

/** Dataverse judged the call itself: it did not fail on the way, nor ask to be left alone. */
function isJudged(error: WebApiError): boolean {
  const status = statusOf(error);
  if (status === undefined) {
    return codeOf(error) !== 0;
  }
  return status < 500 && ![401, 408, 429].includes(status);
}

function statusOf(error: WebApiError): number | undefined {
  return error.httpStatusCode ?? error.status;
}

/** The code as it is published, which some hosts tell as a signed number; 0 for none. */
function codeOf(error: WebApiError): number {
  return (error.errorCode ?? error.code ?? 0) >>> 0;
}

/** `PrivilegeDenied` and `ObjectDoesNotExist`, which come without a status on some hosts. */
const FORBIDDEN_CODE = 0x80040220;
const MISSING_CODE = 0x80040217;

function gatewayError(error: WebApiError): GatewayError {
  const message = error.message ?? "Dataverse did not answer";
  const status = statusOf(error);
  if (status !== undefined) {
    return statusError(status, message, error.retryAfter);
  }
  switch (codeOf(error)) {
    case FORBIDDEN_CODE:
      return new GatewayError("forbidden", message);
    case MISSING_CODE:
      return new GatewayError("missing", message);
    case SIMILAR_CODE:
      return new GatewayError("refused", message);
    default:
      return new GatewayError("unreachable", message); // nothing is given up for a code unknown
  }
}

function statusError(
  status: number,
  message: string,
  retryAfter: string | null | undefined,
): GatewayError {
  const detail = { retryAfterSeconds: Number(retryAfter) || undefined };
  switch (status) {
    case 401:
    case 408:
    case 429:
      return new GatewayError("unreachable", message, detail);
    case 403:
      return new GatewayError("forbidden", message);
    case 404:
      return new GatewayError("missing", message);
    default:
      return new GatewayError(status >= 500 ? "unreachable" : "refused", message, detail);
  }
}
