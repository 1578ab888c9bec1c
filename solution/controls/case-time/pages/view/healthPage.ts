/** The health page: what was found, and what to do about it. */

import type { Finding, Verdict } from "../core/health/findings";
import type { Words } from "../core/words";
import { button, element, enable, tell } from "./dom";

const SIGNS: Readonly<Record<Verdict, string>> = { ok: "✓", look: "!", unknown: "?" };

export class HealthPage {
  public readonly element;
  readonly #summary = element("p", { role: "status", class: "summary" });
  readonly #list = element("ul", { class: "findings" });
  readonly #again;
  #isLooking = false;

  /** `examine` looks anew at each call. */
  public constructor(
    private readonly examine: () => Promise<readonly Finding[]>,
    private readonly words: Words,
  ) {
    this.#again = button(words.say("Action_CheckAgain"), () => void this.look());
    this.element = element(
      "main",
      { class: "health" },
      element(
        "header",
        { class: "page-head" },
        element("h1", {}, words.say("Health_Title")),
        element("p", { class: "hint" }, words.say("Health_Intro")),
      ),
      element("div", { class: "summary-bar" }, this.#summary, this.#again),
      this.#list,
    );
  }

  public async look(): Promise<void> {
    if (this.#isLooking) {
      return;
    }
    this.#busy(true);
    tell(this.#summary, this.words.say("Health_Looking"));
    try {
      const findings = await this.examine();
      this.#list.replaceChildren(...findings.map((each) => this.#item(each)));
      tell(this.#summary, this.#summed(findings));
    } finally {
      this.#busy(false);
    }
  }

  #busy(isLooking: boolean): void {
    this.#isLooking = isLooking;
    this.#list.setAttribute("aria-busy", String(isLooking));
    enable(this.#again, !isLooking);
  }

  #summed(findings: readonly Finding[]): string {
    const { words } = this;
    const amount = (verdict: Verdict): number =>
      findings.filter((each) => each.verdict === verdict).length;
    const [toMend, unclear] = [amount("look"), amount("unknown")];
    if (toMend + unclear === 0) {
      return words.say("Health_AllGood");
    }
    return [
      toMend > 0 ? words.count("Health_Look", toMend) : "",
      unclear > 0 ? words.count("Health_Unknown", unclear) : "",
    ]
      .filter((each) => each !== "")
      .join(" ");
  }

  #item({ verdict, subject, text, mend }: Finding): HTMLElement {
    const sign = element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[verdict]);
    const item = element(
      "li",
      { class: `finding is-${verdict}` },
      sign,
      element(
        "div",
        { class: "found" },
        element("h2", {}, subject),
        element("span", { class: "verdict" }, this.words.say(`Verdict_${verdict}`)),
        element("p", {}, text),
      ),
    );
    if (mend !== "") {
      item.lastElementChild?.append(element("p", { class: "mend" }, mend));
    }
    return item;
  }
}
