/** `fetch` as the gateways use it: with a deadline, and with the reason when it fails. */

import { GatewayError } from "../core/gateway";
import type { Request, Response, Send } from "../core/serviceGateway";
import type { PolicyWatch } from "./policyWatch";

/** Sends requests to addresses under `origin`. */
export function sender(win: Window & typeof globalThis, origin: string, policy: PolicyWatch): Send {
  return async ({ url, timeoutMs, ...request }: Request): Promise<Response> => {
    const since = policy.count;
    const deadline = new AbortController();
    const timer = win.setTimeout(() => {
      deadline.abort();
    }, timeoutMs);
    try {
      const answer = await win.fetch(url, { ...request, signal: deadline.signal });
      return {
        status: answer.status,
        retryAfter: answer.headers.get("retry-after"),
        content: await contentOf(answer),
      };
    } catch (error) {
      const blocked = await policy.hasBlocked({ under: origin, since });
      throw new GatewayError(blocked ? "blocked" : "unreachable", String(error));
    } finally {
      win.clearTimeout(timer);
    }
  };
}

async function contentOf(answer: globalThis.Response): Promise<unknown> {
  const text = await answer.text();
  try {
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined; // an HTML page of something in between; the status says enough
  }
}
