import * as React from "./react";
import {
  borderTop,
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
import { column, wrapping, useSharedStyles } from "./sharedStyles";

const useStyles = makeStyles({
  entry: {
    ...column,
    ...padding(spacingVerticalS, 0),
    ":not(:first-child)": borderTop(strokeWidthThin, "solid", tokens.colorNeutralStroke3),
  },
  first: {
    ...wrapping,
    columnGap: spacingHorizontalM,
    justifyContent: "space-between",
  },
  words: { minWidth: 0, overflowWrap: "anywhere" },
  length: { marginInlineStart: "auto", fontWeight: fontWeightSemibold },
  actions: {
    ...wrapping,
    columnGap: spacingHorizontalXS,
    marginInlineStart: `calc(-1 * ${spacingHorizontalS})`,
  },
});

/** What is known of an entry, in one line. Names and dates may run against the direction of the line
 *  and must not take their neighbours along. */
export function facts(known: readonly string[]): React.ReactNode {
  return known.map((fact, place) => [place ? " · " : "", <bdi key={place}>{fact}</bdi>]);
}

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
        <span className={styles.words}>{what}</span>
        <span className={mergeClasses(styles.length, shared.digits)}>{length}</span>
      </div>
      <div className={mergeClasses(styles.words, shared.secondary)}>{details}</div>
      {children}
      {actions && <div className={styles.actions}>{actions}</div>}
    </li>
  );
};
