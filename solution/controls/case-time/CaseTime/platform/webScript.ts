/** Scripts that are web resources of their own, loaded when they are first needed. */

/** Load a script once; rejects where it is not there or may not be loaded, and tries again then. */
export class WebScript {
  #loading: Promise<void> | undefined;

  public constructor(
    private readonly win: Window,
    private readonly url: string,
  ) {}

  public loaded(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  #load(): Promise<void> {
    const { document } = this.win;
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = this.url;
      script.onload = () => {
        resolve();
      };
      script.onerror = () => {
        script.remove();
        reject(new Error(`${this.url} cannot be loaded`));
      };
      document.head.append(script);
    });
  }
}
