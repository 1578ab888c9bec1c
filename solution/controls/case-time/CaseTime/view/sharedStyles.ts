import { makeStyles, shorthands, tokens } from "./fluent";

export const useSharedStyles = makeStyles({
  /** There for a screen reader only. */
  unseen: {
    position: "absolute",
    width: "1px",
    height: "1px",
    ...shorthands.overflow("hidden"),
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
  list: { listStyleType: "none", ...shorthands.margin(0), ...shorthands.padding(0) },
  secondary: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  digits: { fontVariantNumeric: "tabular-nums" },
});
