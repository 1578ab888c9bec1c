/** Does Dataverse tell the functions what happens, and do they answer? */

import solution from "../../model/solution.json";
import { type Dataverse, DataverseError, type Row, rowsOf } from "../dataverse";
import type { Words } from "../words";
import { cannotTell, lookHere, ok, type Result } from "./findings";
import { isMissing } from "./missing";

/** What another server answered, or undefined if the browser got no answer that it may read. */
export type Probe = (
  url: string,
) => Promise<{ readonly status: number; readonly content: Row } | undefined>;

/** The endpoint's row, undefined where there is none, or why it cannot be read. */
export type Endpoint = Row | undefined | DataverseError;

export async function endpointRow(dataverse: Dataverse): Promise<Endpoint> {
  try {
    return await dataverse.get(`serviceendpoints(${solution.endpoint})?$select=url,isauthvalueset`);
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    if (error instanceof DataverseError) {
      return error;
    }
    throw error;
  }
}

export function addressed(endpoint: Endpoint, words: Words): Result {
  if (endpoint instanceof DataverseError) {
    throw endpoint;
  }
  if (endpoint === undefined) {
    return lookHere(words.say("Endpoint_Missing"), words.say("Mend_Deploy"));
  }
  const url = String(endpoint.url ?? "");
  if (functionsBehind(url) === undefined) {
    return lookHere(words.say("Endpoint_Nowhere", url), words.say("Mend_Deploy"));
  }
  return endpoint.isauthvalueset === true
    ? ok(words.say("Endpoint_Good", url))
    : lookHere(words.say("Endpoint_NoKey", url), words.say("Mend_Deploy"));
}

export async function registered(dataverse: Dataverse, words: Words): Promise<Result> {
  const rows = await rowsOf(
    dataverse,
    "sdkmessageprocessingsteps?$select=statecode" +
      `&$filter=_eventhandler_value eq ${solution.endpoint}`,
  );
  const enabled = new Set(
    rows
      .filter(({ statecode }) => statecode === 0)
      .map((row) => String(row.sdkmessageprocessingstepid).toLowerCase()),
  );
  const lacking = solution.steps.filter(({ id }) => !enabled.has(id));
  const said = words.say(
    "Steps_Enabled",
    solution.steps.length - lacking.length,
    solution.steps.length,
  );
  if (lacking.length === 0) {
    return ok(said);
  }
  return lacking.every(({ optional }) => optional)
    ? ok(said, words.say("Mend_OptionalSteps"))
    : lookHere(said, words.say("Mend_Deploy"));
}

export async function answering(endpoint: Endpoint, probe: Probe, words: Words): Promise<Result> {
  if (endpoint instanceof DataverseError) {
    throw endpoint;
  }
  const base = functionsBehind(String(endpoint?.url ?? ""));
  if (base === undefined) {
    return cannotTell(words.say("Functions_NoAddress"), words.say("Mend_Deploy"));
  }
  const url = `${base}health`;
  const answer = await probe(url);
  if (answer === undefined) {
    return cannotTell(words.say("Functions_OutOfReach", url), words.say("Mend_Reach"));
  }
  if (answer.status !== 200 || answer.content.status !== "up") {
    return lookHere(words.say("Functions_Odd", url, answer.status), words.say("Mend_Functions"));
  }
  const { reachable: hasDataverse } = (answer.content.dataverse ?? {}) as Row;
  switch (hasDataverse) {
    case true:
      return ok(words.say("Functions_Good", url));
    case false:
      return lookHere(words.say("Functions_NoDataverse"), words.say("Mend_ApplicationUser"));
    default:
      return cannotTell(words.say("Functions_NotAsked"), words.say("Mend_OpenCase"));
  }
}

/** Return the address of the functions that a webhook's leads to, ending in "/api/". What older
 *  solutions brought, until a deployment told the real one, is a name that never resolves. */
function functionsBehind(url: string): string | undefined {
  const isSomewhere = URL.canParse(url) && !new URL(url).hostname.endsWith(".invalid");
  return isSomewhere && url.endsWith(`/${solution.receiver}`)
    ? url.slice(0, -solution.receiver.length)
    : undefined;
}
