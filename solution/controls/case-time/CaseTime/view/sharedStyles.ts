import {
  colorNeutralForeground2,
  fontSizeBase200,
  makeStyles,
  margin,
  overflow,
  padding,
  spacingHorizontalXXL,
  spacingVerticalM,
} from "./fluent";

/** Shapes of boxes that many places have. */
export const column = { display: "flex", flexDirection: "column" } as const;
export const wrapping = { display: "flex", flexWrap: "wrap" } as const;
/** The total and what it consists of: side by side where there is room. */
export const sideBySide = {
  display: "grid",
  gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 264px), 1fr))",
  columnGap: spacingHorizontalXXL,
  rowGap: spacingVerticalM,
  alignItems: "start",
} as const;

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
