/** Scripts that are web resources of their own, loaded when they are first needed. */

import solution from "../../pages/model/solution.json";

/** The solution's, since all its files come together. */
export const VERSION = solution.version;

/** Where Dataverse serves the solution's files, below the environment's address. */
// A control has no `$webresource:` to go by, and only a path below its own code. The caller puts the
// address of this environment in front, and the version behind is what makes a kept copy a right one.
// eslint-disable-next-line @microsoft/power-apps/use-cached-webresource
export const WEB_RESOURCES = "/WebResources/cht_/";

/** Loads a script once and gives what it leaves on the page. Rejects where it is not there, may not
 *  be loaded or leaves nothing, and tries again when it is asked again. */
export class WebScript<T> {
  readonly #url: string;
  #loading: Promise<T> | undefined;

  /** The address has the version in it: none that a browser kept of an older one is used. */
  public constructor(
    private readonly win: Window,
    clientUrl: string,
    name: string,
    private readonly left: () => T | undefined,
  ) {
    this.#url = `${clientUrl}${WEB_RESOURCES}${name}?v=${VERSION}`;
  }

  public loaded(): Promise<T> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  #load(): Promise<T> {
    const { document } = this.win;
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = this.#url;
      script.onload = script.onerror = () => {
        const left = this.left();
        if (left === undefined) {
          script.remove();
          reject(new Error(`${this.#url} cannot be used`));
        } else {
          resolve(left);
        }
      };
      document.head.append(script);
    });
  }
}
