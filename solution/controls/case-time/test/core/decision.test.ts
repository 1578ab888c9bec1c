import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, type FormSignals, type PageSignals } from "../../CaseTime/core/decision";

const page: PageSignals = {
  visible: true,
  focused: true,
  frozen: false,
  idle: false,
  session: "s1",
  carriesOn: true,
};
const form: FormSignals = {
  caseId: "a",
  session: "s1",
  shown: true,
  shownOrder: 1,
  stopped: null,
};

describe("the case that is worked on", () => {
  it("is the one whose form is shown", () => {
    expect(decide(page, [form])).toEqual({ running: 0, why: [null] });
  });

  it("goes on while another app tab of its session is in front", () => {
    const behind = { ...form, shown: false };

    expect(decide(page, [behind]).running).toBe(0);
  });

  it("does not go on behind other pages in an app without sessions", () => {
    const hub = { ...page, session: undefined, carriesOn: false };

    expect(decide(hub, [{ ...form, shown: false }])).toEqual({
      running: undefined,
      why: ["not_shown"],
    });
  });

  it("is the one shown last where two are on the screen", () => {
    const child = { ...form, caseId: "b", shownOrder: 2 };

    expect(decide(page, [form, child])).toEqual({ running: 1, why: ["other_case", null] });
  });

  it("is the one shown last in the session where none is shown", () => {
    const earlier = { ...form, shown: false, shownOrder: 1 };
    const later = { ...form, caseId: "b", shown: false, shownOrder: 2 };

    expect(decide(page, [later, earlier]).running).toBe(0);
  });

  it("is none of another session's", () => {
    const elsewhere = { ...form, session: "s2", shown: false };

    expect(decide(page, [elsewhere])).toEqual({ running: undefined, why: ["not_shown"] });
  });

  it("is none that was never shown", () => {
    const loading = { ...form, shown: false, shownOrder: 0 };

    expect(decide(page, [loading]).running).toBeUndefined();
  });

  it.each([
    ["hidden", { visible: false }],
    ["hidden", { frozen: true }],
    ["other_window", { focused: false }],
    ["idle", { idle: true }],
  ] as const)("is none while the page is %s", (why, signals) => {
    expect(decide({ ...page, ...signals }, [form])).toEqual({ running: undefined, why: [why] });
  });

  it.each(["case_resolved", "case_cancelled", "tracking_disabled", "starting"] as const)(
    "is none that is stopped: %s",
    (stopped) => {
      expect(decide(page, [{ ...form, stopped }])).toEqual({ running: undefined, why: [stopped] });
    },
  );

  it("is none that was never saved", () => {
    expect(decide(page, [{ ...form, caseId: undefined }]).running).toBeUndefined();
  });

  it("does not fall to the case behind a resolved one", () => {
    const resolved = { ...form, caseId: "b", shownOrder: 2, stopped: "case_resolved" as const };

    expect(decide(page, [form, resolved]).running).toBeUndefined();
  });
});

const anyForm = fc.record({
  caseId: fc.constantFrom("a", "b", undefined),
  session: fc.constantFrom("s1", "s2", undefined),
  shown: fc.boolean(),
  shownOrder: fc.nat({ max: 9 }),
  stopped: fc.constantFrom(null, "case_resolved" as const, "starting" as const),
});
const anyPage = fc.record({
  visible: fc.boolean(),
  focused: fc.boolean(),
  frozen: fc.boolean(),
  idle: fc.boolean(),
  session: fc.constantFrom("s1", "s2", undefined),
  carriesOn: fc.boolean(),
});

it("says why for every form that does not run, and for no other", () => {
  fc.assert(
    fc.property(anyPage, fc.array(anyForm, { maxLength: 5 }), (signals, forms) => {
      const { running, why } = decide(signals, forms);

      expect(why.map((each) => each === null)).toEqual(forms.map((_, place) => place === running));
    }),
  );
});
