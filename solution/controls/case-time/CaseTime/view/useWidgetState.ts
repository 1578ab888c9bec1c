import * as React from "./react";
import type { CaseWidget, WidgetState } from "../core/widget";

/** Return the state of the case and render again when it changes. */
export function useWidgetState(widget: CaseWidget): WidgetState {
  const [, renderAgain] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    const end = widget.subscribe(renderAgain);
    renderAgain(); // it may have changed between the first rendering and now
    return end;
  }, [widget]);
  return widget.state();
}
