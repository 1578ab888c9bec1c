/** The gateway to Dataverse through the form's own session, which is a web resource of its own. */

import { GatewayError, type TimeGateway } from "../core/gateway";
import type { LoadedGateway } from "../core/gatewayChoice";
import type { Send } from "../core/serviceGateway";
import { WebScript } from "./webScript";

export const ROWS_SCRIPT = "/WebResources/cht_/rows.js";

/** What that gateway needs of the form. */
export interface RowsOptions {
  readonly me: { readonly id: string; readonly name: string | null };
  readonly webApi: ComponentFramework.WebApi;
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
  readonly #script: WebScript;

  public constructor(
    private readonly win: Window,
    private readonly options: RowsOptions,
  ) {
    this.#script = new WebScript(win, `${options.clientUrl}${ROWS_SCRIPT}`);
  }

  public async load(): Promise<TimeGateway> {
    try {
      await this.#script.loaded();
    } catch (error) {
      throw new GatewayError("unreachable", String(error));
    }
    this.present ??= this.win.chtRows?.create(this.options);
    if (this.present === undefined) {
      throw new GatewayError("unreachable", "the web resource is not what it should be");
    }
    return this.present;
  }
}
