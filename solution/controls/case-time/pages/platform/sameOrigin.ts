/** Dataverse by `fetch`: a web resource has the environment's origin and its session. */

import { type Dataverse, DataverseError, reasonOf, type Row } from "../core/dataverse";

const API = "/api/data/v9.2/";
const TIMEOUT_MS = 30_000;
const HEADERS = {
  accept: "application/json",
  "odata-version": "4.0",
  "odata-maxversion": "4.0",
};

export function sameOriginDataverse(win: Window & typeof globalThis): Dataverse {
  const call = async (method: string, path: string, body?: Row): Promise<Row> => {
    const { status, content } = await answerOf(win, method, path, body);
    if (status >= 300) {
      const { message } = (content.error ?? {}) as { readonly message?: string };
      throw new DataverseError(reasonOf(status), message ?? `Dataverse answered ${status}`);
    }
    return content;
  };
  return {
    get: (path) => call("GET", path),
    post: async (path, body) => void (await call("POST", path, body)),
    remove: async (path) => void (await call("DELETE", path)),
  };
}

async function answerOf(
  win: Window & typeof globalThis,
  method: string,
  path: string,
  body: Row | undefined,
): Promise<{ readonly status: number; readonly content: Row }> {
  try {
    const answer = await win.fetch(API + path, {
      method,
      headers: body === undefined ? HEADERS : { ...HEADERS, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: answer.status, content: jsonOf(await answer.text()) };
  } catch {
    // What a browser says of it is English, and no more than the reason.
    throw new DataverseError("unreachable", "");
  }
}

/** A page of something in between is no JSON; its status says enough. */
function jsonOf(text: string): Row {
  try {
    return (text === "" ? {} : JSON.parse(text)) as Row;
  } catch {
    return {};
  }
}
