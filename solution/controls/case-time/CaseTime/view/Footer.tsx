import * as React from "./react";
import {
  borderTop,
  Button,
  colorNeutralStroke2,
  colorPaletteRedForeground1,
  makeStyles,
  spacingHorizontalM,
  spacingHorizontalS,
  spacingVerticalS,
  strokeWidthThin,
} from "./fluent";
import type { CaseTime } from "../core/gateway";
import { useView, type View } from "./context";
import { BusyIcon, RefreshIcon } from "./icons";
import { wrapping, useSharedStyles } from "./sharedStyles";
import { useAction } from "./useAction";

const useStyles = makeStyles({
  footer: {
    ...wrapping,
    alignItems: "center",
    justifyContent: "space-between",
    columnGap: spacingHorizontalM,
    ...borderTop(strokeWidthThin, "solid", colorNeutralStroke2),
    paddingTop: spacingVerticalS,
  },
  failed: { color: colorPaletteRedForeground1 },
  refresh: { marginInlineEnd: `calc(-1 * ${spacingHorizontalS})` },
});

/** How old the figures are, and the way to newer ones. */
export const Footer: React.FC<{ time: CaseTime | undefined; refreshing: boolean }> = ({
  time,
  refreshing,
}) => {
  const view = useView();
  const styles = useStyles();
  const shared = useSharedStyles();
  const refresh = useAction(() => view.widget.refresh());
  const busy = refreshing || refresh.busy;
  return (
    <div className={styles.footer}>
      <span className={shared.secondary}>
        {ageText(time, view)}
        <span role="alert" className={styles.failed}>
          {refresh.error !== undefined && ` · ${view.say("Footer_RefreshFailed")}`}
        </span>
      </span>
      <Button
        className={styles.refresh}
        appearance="subtle"
        size="small"
        aria-busy={busy}
        disabledFocusable={busy}
        icon={busy ? <BusyIcon /> : <RefreshIcon />}
        onClick={() => void refresh.run()}
      >
        {view.say("Action_Refresh")}
      </Button>
    </div>
  );
};

function ageText(time: CaseTime | undefined, { say, moment }: View): string {
  if (!time) {
    return say("Footer_NeverUpdated");
  }
  return say(time.stale ? "Footer_LastKnown" : "Footer_Updated", moment(time.updatedAt));
}
