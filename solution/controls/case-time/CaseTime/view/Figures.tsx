import * as React from "./react";
import {
  border,
  borderRadius,
  borderRadiusCircular,
  colorPaletteGreenForeground1,
  fontSizeBase200,
  lineHeightBase200,
  makeStyles,
  spacingHorizontalM,
  spacingHorizontalS,
  strokeWidthThin,
  Switch,
  tokens,
} from "./fluent";
import type { SecondsByKind } from "../core/gateway";
import type { WidgetState } from "../core/widget";
import { Breakdown } from "./Breakdown";
import { useView } from "./context";
import { LiveDuration, StillDuration } from "./Duration";
import { LiveDot } from "./Tracking";
import { column, sideBySide, wrapping } from "./sharedStyles";

const NOTHING: SecondsByKind = {
  totalSeconds: 0,
  automaticSeconds: 0,
  manualSeconds: 0,
  timeLogsSeconds: 0,
  activitiesSeconds: 0,
};

const useStyles = makeStyles({
  figures: sideBySide,
  total: { ...column, minWidth: 0 },
  heading: {
    ...wrapping,
    alignItems: "center",
    justifyContent: "space-between",
    columnGap: spacingHorizontalS,
    minHeight: "36px",
  },
  figure: {
    ...wrapping,
    alignItems: "center",
    columnGap: spacingHorizontalM,
  },
  live: {
    display: "inline-flex",
    alignItems: "center",
    columnGap: "2px",
    fontSize: fontSizeBase200,
    lineHeight: lineHeightBase200,
    color: colorPaletteGreenForeground1,
    ...border(strokeWidthThin, "solid", tokens.colorPaletteGreenBorder1),
    ...borderRadius(borderRadiusCircular),
    paddingInlineStart: tokens.spacingHorizontalXXS,
    paddingInlineEnd: spacingHorizontalS,
  },
  // Fluent draws the switch with a wide margin; the row's edge is the card's.
  toggle: {
    marginInlineStart: "auto",
    marginInlineEnd: `calc(-1 * ${spacingHorizontalS})`,
  },
});

/** Everybody's figures as of the last update, or her own, counting. */
export const Figures: React.FC<{ state: WidgetState }> = ({ state }) => {
  const { say, widget } = useView();
  const styles = useStyles();
  const [myTime, setMyTime] = React.useState(false);
  const { time, settings, abilities, phase } = state;
  const maySwitch = phase === "ready" && settings.myTimeVisible && abilities.everyone;
  const counting = maySwitch && myTime;
  const ownOnly = phase === "ready" && (!maySwitch || myTime);
  const known = ownOnly ? time?.mine : time;
  const figures = phase === "unsaved" ? NOTHING : known;
  const total = say(ownOnly ? "Figures_MyTotalTime" : "Figures_TotalTime");
  const ownTotal = React.useCallback(() => widget.ownSeconds().total, [widget]);
  return (
    <div className={styles.figures}>
      <div className={styles.total}>
        <div className={styles.heading}>
          <span>{total}</span>
          {maySwitch && (
            <Switch
              className={styles.toggle}
              checked={myTime}
              label={say("Figures_MyTime")}
              labelPosition="before"
              onChange={(_, { checked }) => setMyTime(checked)}
            />
          )}
        </div>
        <div className={styles.figure}>
          {counting ? (
            <LiveDuration seconds={ownTotal} name={total} />
          ) : (
            <StillDuration seconds={figures?.totalSeconds} name={total} />
          )}
          {counting && state.running && (
            <span className={styles.live}>
              <LiveDot />
              {say("Figures_Live")}
            </span>
          )}
        </div>
      </div>
      <Breakdown figures={figures} counting={counting} />
    </div>
  );
};
