import * as React from "./react";
import { Spinner } from "./fluent";

/* Drawn here: the icon package would bring a second copy of the style engine into the bundle, because
   only the components come from the platform. */

/** An icon of lines on a grid of 20 by 20, in the colour of the text around it. */
function icon(size: number, lines: string): React.FC {
  const Icon: React.FC = () => (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 20 20" focusable="false">
      <path d={lines} fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
    </svg>
  );
  return Icon;
}

const CIRCLE = "M10 2.7a7.3 7.3 0 1 0 .01 0";

export const RefreshIcon = icon(20, "M16 10.5a6.2 6.2 0 1 1-1.6-4.7L16 7.4M16.2 3.6v4h-4");
export const AddIcon = icon(20, "M10 3.5v13M3.5 10h13");
export const EditIcon = icon(
  18,
  "M3.5 16.5l.9-3.8 8.9-8.9a1.5 1.5 0 0 1 2.9 2.9L7.3 15.6zM12 5l3 3",
);
export const PausedIcon = icon(18, `${CIRCLE}M8.2 7.2v5.6M11.8 7.2v5.6`);
export const VoidIcon = icon(18, `${CIRCLE}M4.9 15.1 15.1 4.9`);
export const RestoreIcon = icon(18, "M4 4.2v4.3h4.3M4.2 8.3a6.4 6.4 0 1 1 .1 4");
export const LockedIcon = icon(24, "M5 8.7h10v7.6H5zM7 8.7V6.2a3 3 0 0 1 6 0v2.5M10 12v1.3");
export const ProblemIcon = icon(24, `${CIRCLE}M10 6.2v5M10 13.8v.1`);

/** In the place of a button's icon while it works; the button itself says that it is busy. */
export const BusyIcon: React.FC<{ appearance?: "inverted" }> = ({ appearance }) => (
  <Spinner aria-hidden="true" size="extra-tiny" appearance={appearance ?? "primary"} />
);
