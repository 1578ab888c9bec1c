import {
  colorNeutralForeground2,
  fontSizeBase200,
  makeStyles,
  margin,
  overflow,
  padding,
} from "./fluent";

export const useSharedStyles = makeStyles({
  /** There for a screen reader only. */
  unseen: {
    position: "absolute",
    width: "1px",
    height: "1px",
    ...overflow("hidden"),
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
  list: { listStyleType: "none", ...margin(0), ...padding(0) },
  secondary: { color: colorNeutralForeground2, fontSize: fontSizeBase200 },
  digits: { fontVariantNumeric: "tabular-nums" },
});
