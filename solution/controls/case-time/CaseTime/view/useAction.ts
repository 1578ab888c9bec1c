import * as React from "./react";
import { GatewayError } from "../core/gateway";

export interface Action {
  readonly busy: boolean;
  /** What the last try ended with; undefined while trying and after success. */
  readonly error: unknown;
  run(): Promise<boolean>;
}

/** Run something that may fail, once at a time, and keep how it ended. `run` tells success. */
export function useAction(work: () => Promise<void>): Action {
  const [outcome, setOutcome] = React.useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const going = React.useRef(false);
  const mounted = React.useRef(true);
  React.useEffect(
    () => () => {
      mounted.current = false;
    },
    [],
  );
  const show = (next: { busy: boolean; error?: unknown }): void => {
    if (mounted.current) {
      setOutcome(next);
    }
  };
  const run = async (): Promise<boolean> => {
    if (going.current) {
      return false;
    }
    going.current = true;
    show({ busy: true });
    try {
      await work();
      show({ busy: false });
      return true;
    } catch (error) {
      show({ busy: false, error });
      return false;
    } finally {
      going.current = false;
    }
  };
  return { busy: outcome.busy, error: outcome.error, run };
}

/** Return the key of the sentence that says why something was not done. */
export function failureKey(error: unknown): string {
  return error instanceof GatewayError ? `Failure_${error.failure}` : "Failure_unexpected";
}
