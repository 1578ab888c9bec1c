import * as React from "./react";
import {
  borderRadius,
  borderRadiusCircular,
  colorNeutralForeground2,
  colorPaletteGreenForeground1,
  fontSizeBase200,
  fontWeightSemibold,
  lineHeightBase200,
  makeStyles,
  margin,
  mergeClasses,
  tokens,
} from "./fluent";
import type { Phase, StoppedWhy } from "../core/widget";
import { useView } from "./context";
import { PausedIcon } from "./icons";
import { useSharedStyles } from "./sharedStyles";

const useStyles = makeStyles({
  indicator: {
    display: "inline-flex",
    alignItems: "flex-start",
    columnGap: tokens.spacingHorizontalSNudge,
    fontSize: fontSizeBase200,
    lineHeight: lineHeightBase200,
    color: colorNeutralForeground2,
  },
  running: { color: colorPaletteGreenForeground1, fontWeight: fontWeightSemibold },
  mark: { display: "inline-flex", flexShrink: 0, width: "16px", height: "16px" },
});

/** Tells whether time is being tracked, and if not, why. What is announced is less than what is
 *  shown: a reason that changes while nothing runs is of no use to a listener. */
export const Tracking: React.FC<{
  phase: Phase;
  running: boolean;
  stoppedWhy: StoppedWhy | null;
}> = ({ phase, running, stoppedWhy }) => {
  const { say } = useView();
  const styles = useStyles();
  const shared = useSharedStyles();
  if (phase !== "ready" && phase !== "unsaved") {
    return null;
  }
  const words = phase === "unsaved" ? "Tracking_unsaved" : wordsKey(running, stoppedWhy);
  return (
    <>
      <span className={mergeClasses(styles.indicator, running && styles.running)}>
        <span className={styles.mark}>{running ? <LiveDot /> : <PausedIcon />}</span>
        <span>{say(words)}</span>
      </span>
      <span role="status" className={shared.unseen}>
        {say(running ? "Status_running" : "Status_stopped")}
      </span>
    </>
  );
};

const useDotStyles = makeStyles({
  dot: {
    display: "inline-block",
    boxSizing: "border-box",
    width: "10px",
    height: "10px",
    ...margin("3px"),
    ...borderRadius(borderRadiusCircular),
    backgroundColor: tokens.colorPaletteGreenForeground3,
    "@media (forced-colors: active)": { backgroundColor: "Highlight", forcedColorAdjust: "none" },
    "@media (prefers-reduced-motion: no-preference)": {
      animationName: { "0%": { opacity: 1 }, "50%": { opacity: 0.35 }, "100%": { opacity: 1 } },
      animationDuration: "2s",
      animationIterationCount: "infinite",
      animationTimingFunction: "steps(8, end)", // smooth enough, and 4 paints a second, not 60
    },
  },
});

/** The sign that something is being counted right now. */
export const LiveDot: React.FC = () => <span aria-hidden="true" className={useDotStyles().dot} />;

function wordsKey(running: boolean, why: StoppedWhy | null): string {
  if (running) {
    return "Tracking_running";
  }
  return why ? `Tracking_${why}` : "Tracking_stopped";
}
