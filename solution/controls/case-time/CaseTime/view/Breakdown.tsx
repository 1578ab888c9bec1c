import * as React from "./react";
import {
  colorNeutralForeground2,
  makeStyles,
  margin,
  mergeClasses,
  padding,
  spacingHorizontalL,
  spacingHorizontalM,
  spacingVerticalXS,
} from "./fluent";
import type { SecondsByKind } from "../core/gateway";
import { useView } from "./context";
import { LiveText } from "./Duration";
import { wrapping, useSharedStyles } from "./sharedStyles";

const useStyles = makeStyles({
  // As far down as the words beside it in a wide card.
  rows: { ...margin(spacingVerticalXS, 0, 0), minWidth: 0 },
  row: {
    ...wrapping,
    justifyContent: "space-between",
    columnGap: spacingHorizontalM,
    ...padding(spacingVerticalXS, 0),
  },
  part: {
    paddingInlineStart: spacingHorizontalL,
    color: colorNeutralForeground2,
    paddingTop: 0,
  },
  value: { ...margin(0), marginInlineStart: "auto" },
});

/** What the total consists of. */
export const Breakdown: React.FC<{ figures: SecondsByKind | undefined; counting: boolean }> = ({
  figures,
  counting,
}) => {
  const { say, widget } = useView();
  const styles = useStyles();
  const ownAutomatic = React.useCallback(() => widget.ownSeconds().automatic, [widget]);
  return (
    <dl className={styles.rows}>
      <Row label={say("Figures_AutomaticTime")}>
        {counting ? (
          <LiveText seconds={ownAutomatic} />
        ) : (
          <Seconds of={figures?.automaticSeconds} />
        )}
      </Row>
      <Row label={say("Figures_ManualTime")}>
        <Seconds of={figures?.manualSeconds} />
      </Row>
      <Row label={say("Figures_TimeLogs")} part>
        <Seconds of={figures?.timeLogsSeconds} />
      </Row>
      <Row label={say("Figures_Activities")} part>
        <Seconds of={figures?.activitiesSeconds} />
      </Row>
    </dl>
  );
};

const Row: React.FC<{ label: string; part?: boolean }> = ({ label, part, children }) => {
  const styles = useStyles();
  const shared = useSharedStyles();
  return (
    <div className={mergeClasses(styles.row, part && styles.part)}>
      <dt>{label}</dt>
      <dd className={mergeClasses(styles.value, shared.digits)}>{children}</dd>
    </div>
  );
};

const Seconds: React.FC<{ of: number | undefined }> = ({ of }) => {
  const { short } = useView();
  return <>{of === undefined ? "–" : short(of)}</>;
};
