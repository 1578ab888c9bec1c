import fc from "fast-check";
import { expect, it } from "vitest";
import { secondsForCase } from "../../rows/allocation";

const NINE = Date.parse("2026-03-10T09:00:00Z");
const moment = (second: number): string => new Date(NINE + second * 1000).toISOString();

const segments = fc
  .array(
    fc.record({
      caseId: fc.constantFrom("a", "b", "c"),
      focus: fc.nat({ max: 60 }),
      delay: fc.nat({ max: 20 }),
      seconds: fc.integer({ min: 1, max: 60 }),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ caseId, focus, delay, seconds }, place) => ({
      id: `id-${String(place).padStart(2, "0")}`,
      caseId,
      focusStartedAt: moment(focus),
      startedAt: moment(focus + delay),
      endedAt: moment(focus + delay + seconds),
    })),
  );

it("gives each second to the focus that began last, asked second by second", () => {
  fc.assert(
    fc.property(segments, (all) => {
      const expected = new Map<string, number>();
      for (let second = 0; second < 200; second++) {
        const now = moment(second);
        const [winner] = all
          .filter(({ startedAt, endedAt }) => startedAt <= now && now < endedAt)
          .sort((one, other) =>
            one.focusStartedAt === other.focusStartedAt
              ? other.id.localeCompare(one.id)
              : other.focusStartedAt.localeCompare(one.focusStartedAt),
          );
        if (winner !== undefined) {
          expected.set(winner.caseId, (expected.get(winner.caseId) ?? 0) + 1);
        }
      }

      for (const caseId of ["a", "b", "c"]) {
        expect(secondsForCase(all, caseId)).toBe(expected.get(caseId) ?? 0);
      }
    }),
  );
});
