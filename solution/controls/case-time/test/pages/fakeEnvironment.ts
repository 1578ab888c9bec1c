/** An environment in which everything is in place, until a test takes something away. */

import type { Probe } from "../../pages/core/health/webhooks";
import { DataverseError, type Reason, type Row } from "../../pages/core/dataverse";
import solution from "../../pages/model/solution.json";
import { checkPath } from "../dataverseNames";
import { FakeDataverse } from "./fakeDataverse";

export const FUNCTIONS = "https://office.azurewebsites.net/api/";
export const LATEST = "2026-03-09T16:06:00Z";

type Answer = readonly Row[] | Row | Reason | "silent";

export class FakeEnvironment extends FakeDataverse {
  public readonly answers: Record<string, Answer> = {
    solutions: [{ version: solution.version }],
    serviceendpoints: { url: `${FUNCTIONS}${solution.receiver}`, isauthvalueset: true },
    sdkmessageprocessingsteps: solution.steps.map(({ id }) => ({
      sdkmessageprocessingstepid: id,
      statecode: 0,
    })),
    ...Object.fromEntries(solution.tables.map(({ set }) => [set, [{ createdon: LATEST }]])),
  };
  public functions: Awaited<ReturnType<Probe>> = {
    status: 200,
    content: { status: "up", dataverse: { reachable: true } },
  };
  public readonly probed: string[] = [];

  public readonly probe: Probe = (url) => {
    this.probed.push(url);
    return Promise.resolve(this.functions);
  };

  public override get(path: string): Promise<Row> {
    const set = /^\w+/.exec(path)?.[0] ?? "";
    const answer = this.answers[set];
    if (answer === undefined) {
      return super.get(path);
    }
    checkPath(path);
    this.calls.push({ method: "GET", path });
    if (answer === "silent") {
      return Promise.reject(new DataverseError("unreachable", ""));
    }
    return typeof answer === "string"
      ? Promise.reject(new DataverseError(answer, `no ${set}`))
      : Promise.resolve(Array.isArray(answer) ? { value: answer } : (answer as Row));
  }
}
