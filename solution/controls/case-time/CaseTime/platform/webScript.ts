/** Scripts that are web resources of their own, loaded when they are first needed. */

/** Loads a script once and gives what it leaves on the page. Rejects where it is not there, may not
 *  be loaded or leaves nothing, and tries again when it is asked again. */
export class WebScript<T> {
  #loading: Promise<T> | undefined;

  public constructor(
    private readonly win: Window,
    private readonly url: string,
    private readonly left: () => T | undefined,
  ) {}

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
      script.src = this.url;
      script.onload = script.onerror = () => {
        const left = this.left();
        if (left === undefined) {
          script.remove();
          reject(new Error(`${this.url} cannot be used`));
        } else {
          resolve(left);
        }
      };
      document.head.append(script);
    });
  }
}
