/** The gateway to Dataverse through the form's own session, which is a web resource of its own. */

import { GatewayError, type TimeGateway } from "../core/gateway";
import type { LoadedGateway } from "../core/gatewayChoice";
import type { Send } from "../core/serviceGateway";
import { WebScript } from "./webScript";

/** What that gateway needs of the form. */
export interface RowsOptions {
  readonly me: { readonly id: string; readonly name: string | null };
  readonly webApi: () => ComponentFramework.WebApi;
  readonly send: Send;
  readonly clientUrl: string;
  readonly app: () => string | undefined;
  readonly now: () => number;
}

declare global {
  interface Window {
    chtRows?: { create(options: RowsOptions): TimeGateway };
  }
}

export class WebRows implements LoadedGateway {
  public present: TimeGateway | undefined;
  readonly #script: WebScript<NonNullable<Window["chtRows"]>>;

  public constructor(
    win: Window,
    private readonly options: RowsOptions,
  ) {
    this.#script = new WebScript(win, options.clientUrl, "rows.js", () => win.chtRows);
  }

  public async load(): Promise<TimeGateway> {
    try {
      const rows = await this.#script.loaded();
      this.present ??= rows.create(this.options);
      return this.present;
    } catch (error) {
      throw new GatewayError("unreachable", String(error));
    }
  }
}
