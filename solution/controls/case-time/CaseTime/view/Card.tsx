import * as React from "./react";
import {
  border,
  borderRadius,
  colorNeutralStroke2,
  fontSizeBase300,
  fontSizeBase400,
  fontWeightSemibold,
  lineHeightBase300,
  makeStyles,
  margin,
  padding,
  spacingHorizontalL,
  spacingHorizontalM,
  spacingVerticalM,
  spacingVerticalS,
  spacingVerticalXXS,
  strokeWidthThin,
  tokens,
  useId,
} from "./fluent";
import type { WidgetState } from "../core/widget";
import { AddTimeLog } from "./AddTimeLog";
import { useView } from "./context";
import { Figures } from "./Figures";
import { Footer } from "./Footer";
import { HistorySection } from "./HistorySection";
import { Messages } from "./Messages";
import { Forbidden, Failed, LoadingFigures } from "./phases";
import { Representatives } from "./Representatives";
import { Tracking } from "./Tracking";
import { useWidgetState } from "./useWidgetState";
import { column, wrapping } from "./sharedStyles";

const useStyles = makeStyles({
  card: {
    ...column,
    rowGap: spacingVerticalM,
    boxSizing: "border-box",
    minWidth: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyBase,
    fontSize: fontSizeBase300,
    lineHeight: lineHeightBase300,
    ...border(strokeWidthThin, "solid", colorNeutralStroke2),
    ...borderRadius(tokens.borderRadiusLarge),
    ...padding(spacingVerticalM, spacingHorizontalL),
  },
  header: {
    ...wrapping,
    alignItems: "baseline",
    justifyContent: "space-between",
    columnGap: spacingHorizontalM,
    rowGap: spacingVerticalXXS,
  },
  title: {
    ...margin(0),
    fontSize: fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: fontWeightSemibold,
  },
  tools: {
    ...wrapping,
    alignItems: "center",
    justifyContent: "space-between",
    columnGap: spacingHorizontalM,
    rowGap: spacingVerticalS,
    minHeight: "32px",
  },
  add: { marginInlineStart: "auto" },
});

export const Card: React.FC = () => {
  const view = useView();
  const styles = useStyles();
  const state = useWidgetState(view.widget);
  const titleId = useId("title");
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <header className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          {view.say("Card_Title")}
        </h2>
        <Tracking phase={state.phase} running={state.running} stoppedWhy={state.stoppedWhy} />
      </header>
      <Messages state={state} />
      <Body state={state} />
    </section>
  );
};

const Body: React.FC<{ state: WidgetState }> = ({ state }) => {
  const styles = useStyles();
  switch (state.phase) {
    case "loading":
      return <LoadingFigures />;
    case "forbidden":
      return <Forbidden />;
    case "failed":
      return <Failed />;
    case "unsaved":
      return <Figures state={state} />;
    case "ready":
      return (
        <>
          <Figures state={state} />
          <div className={styles.tools}>
            <Representatives expected={state.abilities.everyone} people={state.people} />
            {state.settings.timeLogsAllowed && (
              <div className={styles.add}>
                <AddTimeLog timeZone={state.settings.reportingTimeZone} />
              </div>
            )}
          </div>
          <Footer time={state.time} refreshing={state.refreshing} />
          <HistorySection
            history={state.history}
            abilities={state.abilities}
            timeZone={state.settings.reportingTimeZone}
          />
        </>
      );
  }
};
