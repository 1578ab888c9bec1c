/** Hands segments over, and lets go of those that have a receipt. */

import { type CallOptions, GatewayError, type Receipt, type Segment } from "./gateway";
import type { GatewayChoice } from "./gatewayChoice";
import type { Outbox } from "./outbox";
import { wireTime } from "./timeline";

/** The most that the server takes in a call. */
const MOST_IN_A_CALL = 500;

export interface DeliverySurroundings {
  readonly outbox: Outbox;
  readonly gateway: Pick<GatewayChoice, "ask">;
  readonly now: () => number;
  /** Segments were settled, by a call that also answers `about` a case, if by one that does. */
  readonly settled: (
    receipts: readonly Receipt[],
    segments: readonly Segment[],
    about: string | undefined,
  ) => void;
}

export class Delivery {
  #batch = MOST_IN_A_CALL;

  readonly #around: DeliverySurroundings;

  public constructor(around: DeliverySurroundings) {
    this.#around = around;
  }

  /** What the next call brings along, oldest first. */
  public next(): readonly Segment[] {
    return this.#around.outbox.waiting().slice(0, this.#batch);
  }

  /** Deliver segments. One that is wrong in itself is found by halving, and given up when the
   *  service names it as what is wrong; any other refusal may come from something in between. */
  public async deliver(segments: readonly Segment[]): Promise<void> {
    if (segments.length === 0) {
      return;
    }
    try {
      await this.hand(segments);
      this.#batch = MOST_IN_A_CALL;
    } catch (error) {
      const failure = asGatewayError(error);
      if (failure.failure !== "refused") {
        throw failure;
      }
      if (segments.length > 1) {
        this.#batch = Math.ceil(segments.length / 2);
        return;
      }
      if (failure.detail.field?.startsWith("segments") !== true) {
        throw failure;
      }
      const refused = segments.map(({ id }) => ({ id, status: "rejected", reason: "invalid" }));
      this.settle(refused as Receipt[], segments);
      this.#batch = MOST_IN_A_CALL;
    }
  }

  /** Make one call, which starts before this returns. */
  public async hand(segments: readonly Segment[], options?: CallOptions): Promise<void> {
    const delivery = { sentAt: wireTime(this.#around.now()), segments };
    const receipts = await this.#around.gateway.ask((each) => each.deliver(delivery, options));
    this.settle(receipts, segments);
  }

  public settle(receipts: readonly Receipt[], segments: readonly Segment[], about?: string): void {
    this.#around.outbox.settle(receipts.map(({ id }) => id));
    this.#around.settled(receipts, segments, about);
  }
}

export function asGatewayError(error: unknown): GatewayError {
  return error instanceof GatewayError ? error : new GatewayError("unreachable", String(error));
}
