/** Who worked on a case is asked when the case has time of somebody, and not before. */

import { describe, expect, it } from "vitest";
import { A, Lab, MINUTE, SECOND } from "./lab";

describe("who worked on a case", () => {
  it("is not asked of a case without time", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(10 * SECOND);

    expect(form.state().people).toEqual([]);
    expect(lab.service.asked).toEqual([]);
  });

  it("is asked once as soon as the case has time", async () => {
    const lab = new Lab();
    const form = lab.open(A);
    await lab.pass(35 * MINUTE);

    expect(form.state().people?.map(({ mine }) => mine)).toEqual([true]);
    expect(lab.service.asked).toEqual([A]);
  });

  it("is asked at once of a case that has time", async () => {
    const before = new Lab();
    before.open(A);
    await before.pass(11 * MINUTE);
    const lab = new Lab({ service: before.service, startAt: before.now() });
    lab.service.asked.length = 0;
    lab.open(A);
    await lab.pass(10 * SECOND);

    expect(lab.service.asked).toEqual([A]);
  });
});
