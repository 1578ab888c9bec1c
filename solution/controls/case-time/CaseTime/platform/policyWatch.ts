/** Hears when the environment's content policy blocks something: a script only sees that its
 *  request failed. */

/** Directives that stand in the way of a call, a sign-in or a script. */
const IN_THE_WAY = /^(connect|frame|script)-/;

export class PolicyWatch {
  readonly #blocked: string[] = [];

  public constructor(private readonly win: Window) {
    win.document.addEventListener("securitypolicyviolation", (event) => {
      if (event.disposition === "enforce" && IN_THE_WAY.test(event.effectiveDirective)) {
        this.#blocked.push(event.blockedURI);
      }
    });
  }

  /** How much was blocked so far; what is blocked later has a greater number. */
  public get count(): number {
    return this.#blocked.length;
  }

  /** Whether anything under an address was blocked, or since a count anything at all. The event
   *  comes a moment after the failure it explains. */
  public async hasBlocked(what: {
    readonly under?: string;
    readonly since: number;
  }): Promise<boolean> {
    await new Promise((resolve) => this.win.setTimeout(resolve, 0));
    const { under } = what;
    return this.#blocked
      .slice(what.since)
      .some((uri) => under === undefined || uri.startsWith(under));
  }
}
