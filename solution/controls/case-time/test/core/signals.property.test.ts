/** Whatever the signals and their order: segments never overlap, and never exceed the time in which
 *  a case was said to be running. */

import fc from "fast-check";
import { expect, it } from "vitest";
import type { Segment } from "../../CaseTime/core/gateway";
import { A, B, Lab, SECOND, settled } from "./lab";

const CASES = [A, B, "cccccccc-0000-4000-8000-000000000000"];

type Step =
  | { readonly do: "open" | "close" | "hide" | "show" | "resolve"; readonly form: number }
  | { readonly do: "signal"; readonly name: "visible" | "focused" | "frozen"; readonly on: boolean }
  | { readonly do: "session"; readonly session: string | undefined; readonly carriesOn: boolean }
  | { readonly do: "refresh" | "touch" }
  | { readonly do: "pass" | "sleep"; readonly seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom("open", "close", "hide", "show", "resolve"),
    form: fc.nat({ max: 2 }),
  }),
  fc.record({
    do: fc.constant("signal" as const),
    name: fc.constantFrom("visible" as const, "focused" as const, "frozen" as const),
    on: fc.constantFrom(true, true, true, false),
  }),
  fc.record({
    do: fc.constant("session" as const),
    session: fc.constantFrom(undefined, undefined, "s1", "s2"),
    carriesOn: fc.boolean(),
  }),
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("refresh" as const, "touch" as const) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("pass" as const), seconds: fc.nat({ max: 90 }) }),
  },
  fc.record({ do: fc.constant("sleep" as const), seconds: fc.nat({ max: 4_000 }) }),
);

it("segments lie where a case ran, one beside the other", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.constantFrom(0, 1),
      async (steps, idleMinutes) => {
        const world = new World(idleMinutes);
        await world.take({ do: "open", form: 0 });

        for (const each of steps) {
          await world.take(each);
        }
        await world.end();

        const segments = [...world.lab.service.segments.values()].sort(byStart);
        segments.slice(1).forEach((segment, place) => {
          expect(segment.startedAt >= (segments[place]?.endedAt ?? "")).toBe(true);
        });
        for (const caseId of CASES) {
          const said = world.saidRunning.get(caseId) ?? 0;
          const recorded = world.lab.recorded(caseId);
          expect(recorded).toBeLessThanOrEqual(said);
          if (idleMinutes === 0) {
            expect(recorded).toBe(said);
          }
        }
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);

function byStart(one: Segment, other: Segment): number {
  return one.startedAt < other.startedAt ? -1 : 1;
}

/** Keeps its own account: of each second that a page was awake, which case was said to run. */
class World {
  public readonly lab = new Lab();
  public readonly saidRunning = new Map<string, number>();
  private readonly forms = new Map<number, ReturnType<Lab["open"]>>();

  public constructor(idleMinutes: number) {
    this.lab.service.settings = { ...this.lab.service.settings, idleLimitMinutes: idleMinutes };
  }

  public async take(step: Step): Promise<void> {
    switch (step.do) {
      case "open":
        if (!this.forms.has(step.form)) {
          this.forms.set(step.form, this.lab.open(CASES[step.form]));
        }
        break;
      case "close":
        this.withForm(step.form, (form) => {
          this.lab.desk.close(form);
          this.forms.delete(step.form);
        });
        break;
      case "hide":
      case "show":
        this.withForm(step.form, (form) => {
          this.lab.show(form, step.do === "show");
        });
        break;
      case "resolve":
        this.lab.service.stopped = { [CASES[step.form] ?? ""]: "case_resolved" };
        break;
      case "signal":
        this.lab.signal({ [step.name]: step.on });
        break;
      case "session":
        this.lab.signal({ session: step.session, carriesOn: step.carriesOn });
        break;
      case "refresh":
        this.forms.forEach((form) => void form.refresh().catch(() => undefined));
        break;
      case "touch":
        this.lab.touch();
        break;
      case "pass":
        for (let second = 0; second < step.seconds; second++) {
          await settled();
          this.account();
          await this.lab.pass(SECOND);
        }
        break;
      case "sleep":
        await this.lab.sleep(step.seconds * SECOND + 11 * SECOND);
    }
  }

  /** Close everything and let what waits be delivered. */
  public async end(): Promise<void> {
    this.lab.signal({ visible: true, frozen: false });
    this.forms.forEach((form) => {
      this.lab.desk.close(form);
    });
    this.forms.clear();
    for (let minute = 0; minute < 30; minute++) {
      await this.lab.pass(20 * SECOND);
    }
  }

  private withForm(place: number, work: (form: ReturnType<Lab["open"]>) => void): void {
    const form = this.forms.get(place);
    if (form !== undefined) {
      work(form);
    }
  }

  private account(): void {
    this.forms.forEach((form) => {
      if (form.state().running && form.caseId !== undefined) {
        this.saidRunning.set(form.caseId, (this.saidRunning.get(form.caseId) ?? 0) + 1);
      }
    });
  }
}
