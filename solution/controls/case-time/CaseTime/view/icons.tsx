import * as React from "./react";
import { Spinner } from "./fluent";

/* Shapes of the Fluent System Icons (MIT). The package itself would bring a second copy of the style
   engine into the bundle, because only the components come from the platform. */

function icon(size: number, path: string): React.FC {
  const Icon: React.FC = () => (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      fill="currentColor"
      focusable="false"
    >
      <path d={path} />
    </svg>
  );
  return Icon;
}

export const RefreshIcon = icon(
  20,
  "M4 10a6 6 0 0 1 10.47-4H12.5a.5.5 0 0 0 0 1h3a.5.5 0 0 0 .5-.5v-3a.5.5 0 0 0-1 0v1.6a7 7 0" +
    " 1 0 1.98 4.36.5.5 0 1 0-1 .08L16 10a6 6 0 0 1-12 0",
);

export const AddIcon = icon(
  20,
  "M10 2.5c.28 0 .5.22.5.5v6.5H17a.5.5 0 0 1 0 1h-6.5V17a.5.5 0 0 1-1 0v-6.5H3a.5.5 0 0 1 0" +
    "-1h6.5V3c0-.28.22-.5.5-.5",
);

export const EditIcon = icon(
  16,
  "M14.24 1.76a2.6 2.6 0 0 0-3.71 0L2.66 9.64q-.57.57-.78 1.35l-.86 3.39a.5.5 0 0 0 .6.6l3.39" +
    "-.86q.78-.21 1.35-.78l7.88-7.87a2.6 2.6 0 0 0 0-3.7m-3 .71a1.62 1.62 0 1 1 2.29 2.3l-.78.77" +
    "-2.3-2.29zM9.75 3.96l2.3 2.29-6.4 6.39q-.37.37-.89.5l-2.57.67.66-2.57q.14-.52.51-.9z",
);

export const AutomaticIcon = icon(
  16,
  "M5 1.5c0-.28.22-.5.5-.5h4a.5.5 0 0 1 0 1h-4a.5.5 0 0 1-.5-.5M7.5 5a.5.5 0 0 0-.5.5v4a.5.5 0" +
    " 0 0 1 0v-4a.5.5 0 0 0-.5-.5m6 4a6 6 0 1 1-12 0 6 6 0 0 1 12 0m-1 0a5 5 0 1 0-10 0 5 5 0 0" +
    " 0 10 0m-.05-6.36a.5.5 0 1 0-.7.7l1.4 1.41a.5.5 0 1 0 .7-.7z",
);

export const PausedIcon = icon(
  16,
  "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1a6 6 0 1 0 0 12A6 6 0 0 0 8 2M6.5 5c.28 0" +
    " .5.22.5.5v5a.5.5 0 0 1-1 0v-5c0-.28.22-.5.5-.5m3 0c.28 0 .5.22.5.5v5a.5.5 0 0 1-1 0v-5c0" +
    "-.28.22-.5.5-.5",
);

export const VoidIcon = icon(
  16,
  "M11.87 3.42a6 6 0 0 0-8.45 8.45zm.71.7-8.45 8.46a6 6 0 0 0 8.45-8.45M3.05 3.06a7 7 0 1 1" +
    " 9.9 9.9 7 7 0 0 1-9.9-9.9",
);

export const RestoreIcon = icon(
  16,
  "M3 2.5a.5.5 0 0 1 1 0v3.84l3.17-3.17a4 4 0 0 1 5.66 5.66L7.8 13.85a.5.5 0 0 1-.7-.7l5.02" +
    "-5.03a3 3 0 1 0-4.24-4.24L4.76 7H8.5a.5.5 0 0 1 0 1H3.6a.6.6 0 0 1-.6-.6z",
);

export const LockedIcon = icon(
  24,
  "M12 1a5 5 0 0 1 5 5v2.01c1.68.13 3 1.53 3 3.24v7.5c0 1.8-1.46 3.25-3.25 3.25h-9.5A3.25 3.25" +
    " 0 0 1 4 18.75v-7.5a3.25 3.25 0 0 1 3-3.24V6a5 5 0 0 1 5-5M7.25 9.5c-.97 0-1.75.78-1.75" +
    " 1.75v7.5c0 .97.78 1.75 1.75 1.75h9.5c.97 0 1.75-.78 1.75-1.75v-7.5c0-.97-.78-1.75-1.75" +
    "-1.75zM12 13.75a1.25 1.25 0 1 1 0 2.5 1.25 1.25 0 0 1 0-2.5M12 2.5A3.5 3.5 0 0 0 8.5" +
    " 6v2h7V6A3.5 3.5 0 0 0 12 2.5",
);

export const ProblemIcon = icon(
  24,
  "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20m0 1.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17m0 11a1" +
    " 1 0 1 1 0 2 1 1 0 0 1 0-2M12 7c.37 0 .69.28.74.65v4.6a.75.75 0 0 1-1.48.1l-.01-.1v-4.5c0" +
    "-.41.33-.75.74-.75",
);

/** In the place of a button's icon while it works; the button itself says that it is busy. */
export const BusyIcon: React.FC<{ appearance?: "inverted" }> = ({ appearance }) => (
  <Spinner aria-hidden="true" size="extra-tiny" appearance={appearance ?? "primary"} />
);
