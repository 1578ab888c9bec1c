import * as React from "./react";
import {
  Button,
  colorNeutralForeground2,
  makeStyles,
  Skeleton,
  SkeletonItem,
  spacingVerticalS,
  spacingVerticalXS,
} from "./fluent";
import { useView } from "./context";
import { LockedIcon, ProblemIcon } from "./icons";
import { useAction } from "./useAction";
import { column, sideBySide } from "./sharedStyles";

const useStyles = makeStyles({
  skeleton: sideBySide,
  // The heights are those of the figures, so that nothing moves when they arrive.
  total: { ...column, rowGap: "10px", paddingTop: "10px" },
  breakdown: {
    ...column,
    rowGap: "9px",
    paddingTop: "10px",
    minHeight: "98px",
  },
  rest: { minHeight: "117px", gridColumnStart: "1", gridColumnEnd: "-1" },
  label: { width: "96px" },
  figure: { width: "70%" },
  faces: { width: "96px", marginTop: spacingVerticalXS },
  notice: {
    ...column,
    alignItems: "center",
    justifyContent: "center",
    rowGap: spacingVerticalS,
    minHeight: "120px",
    textAlign: "center",
    color: colorNeutralForeground2,
  },
});

/** Room for the figures until they are there. */
export const LoadingFigures: React.FC = () => {
  const { say } = useView();
  const styles = useStyles();
  return (
    <Skeleton className={styles.skeleton} aria-label={say("Card_Loading")}>
      <div className={styles.total}>
        <SkeletonItem size={16} className={styles.label} />
        <SkeletonItem size={36} className={styles.figure} />
      </div>
      <div className={styles.breakdown}>
        {[1, 2, 3, 4].map((line) => (
          <SkeletonItem key={line} size={16} />
        ))}
      </div>
      <div className={styles.rest}>
        <SkeletonItem size={24} className={styles.faces} />
      </div>
    </Skeleton>
  );
};

export const Forbidden: React.FC = () => {
  const { say } = useView();
  return (
    <div className={useStyles().notice}>
      <LockedIcon />
      {say("Card_Forbidden")}
    </div>
  );
};

export const Failed: React.FC = () => {
  const { say, widget } = useView();
  const retry = useAction(() => widget.refresh());
  return (
    <div className={useStyles().notice}>
      <ProblemIcon />
      {say("Card_Failed")}
      <Button disabledFocusable={retry.busy} onClick={() => void retry.run()}>
        {say("Action_Retry")}
      </Button>
    </div>
  );
};
