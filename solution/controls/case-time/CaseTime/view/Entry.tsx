import * as React from "./react";
import {
  fontWeightSemibold,
  makeStyles,
  mergeClasses,
  padding,
  spacingHorizontalM,
  spacingHorizontalS,
  spacingHorizontalXS,
  spacingVerticalS,
  strokeWidthThin,
  tokens,
} from "./fluent";
import { useSharedStyles } from "./sharedStyles";

const useStyles = makeStyles({
  entry: {
    display: "flex",
    flexDirection: "column",
    ...padding(spacingVerticalS, 0),
    ":not(:first-child)": {
      borderTopWidth: strokeWidthThin,
      borderTopStyle: "solid",
      borderTopColor: tokens.colorNeutralStroke3,
    },
  },
  first: {
    display: "flex",
    flexWrap: "wrap",
    columnGap: spacingHorizontalM,
    justifyContent: "space-between",
  },
  what: { minWidth: 0, overflowWrap: "anywhere" },
  length: { marginInlineStart: "auto", fontWeight: fontWeightSemibold },
  details: { minWidth: 0, overflowWrap: "anywhere" },
  actions: {
    display: "flex",
    flexWrap: "wrap",
    columnGap: spacingHorizontalXS,
    marginInlineStart: `calc(-1 * ${spacingHorizontalS})`,
  },
});

/** One line of a history list: what, how long, details under it, what can be done with it. */
export const Entry: React.FC<{
  what: React.ReactNode;
  length: React.ReactNode;
  details: React.ReactNode;
  actions?: React.ReactNode;
}> = ({ what, length, details, actions, children }) => {
  const styles = useStyles();
  const shared = useSharedStyles();
  return (
    <li className={styles.entry}>
      <div className={styles.first}>
        <span className={styles.what}>{what}</span>
        <span className={mergeClasses(styles.length, shared.digits)}>{length}</span>
      </div>
      <div className={mergeClasses(styles.details, shared.secondary)}>{details}</div>
      {children}
      {actions && <div className={styles.actions}>{actions}</div>}
    </li>
  );
};
