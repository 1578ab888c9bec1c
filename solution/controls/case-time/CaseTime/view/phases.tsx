import * as React from "react";
import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { useView } from "./context";
import { LockedIcon, ProblemIcon } from "./icons";
import { useAction } from "./useAction";

const useStyles = makeStyles({
  skeleton: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 264px), 1fr))",
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalM,
    alignItems: "start",
    minHeight: "236px", // of the figures, the faces and the footer in a narrow column
  },
  lines: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalM },
  label: { width: "96px" },
  figure: { width: "70%" },
  notice: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
    rowGap: tokens.spacingVerticalS,
    minHeight: "120px",
    textAlign: "center",
    color: tokens.colorNeutralForeground2,
  },
});

/** Room for the figures until they are there. */
export const LoadingFigures: React.FC = () => {
  const { say } = useView();
  const styles = useStyles();
  return (
    <Skeleton className={styles.skeleton} aria-label={say("Card_Loading")}>
      <div className={styles.lines}>
        <SkeletonItem size={16} className={styles.label} />
        <SkeletonItem size={36} className={styles.figure} />
      </div>
      <div className={styles.lines}>
        <SkeletonItem size={16} />
        <SkeletonItem size={16} />
        <SkeletonItem size={16} />
        <SkeletonItem size={16} />
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
