/** Asks another server how it is, without telling it who asks. */

import type { Row } from "../core/dataverse";
import type { Probe } from "../core/health/webhooks";

const TIMEOUT_MS = 15_000; // an app that slept takes a while to wake up

/** A refusal by the server's policy, by the page's, and a silent server all look the same. */
export function crossOriginProbe(win: Window & typeof globalThis): Probe {
  return async (url) => {
    try {
      const answer = await win.fetch(url, {
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { status: answer.status, content: await contentOf(answer) };
    } catch {
      return undefined;
    }
  };
}

async function contentOf(answer: Response): Promise<Row> {
  try {
    return (await answer.json()) as Row;
  } catch {
    return {};
  }
}
