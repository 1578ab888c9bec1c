/** Small pictures beside words; they never stand alone. */

import { svg } from "../dom.js";

const PATHS = {
  home: "M3 9.5 10 3l7 6.5V17h-4.5v-5h-5v5H3z",
  inbox: "M3 11 5 4h10l2 7v5H3zm0 0h4l1 2h4l1-2h4",
  case: "M3 6h14v10H3zM7 6V4h6v2M3 10h14",
  list: "M4 5h12M4 10h12M4 15h12",
  dashboard: "M4 16V9m4 7V4m4 12v-5m4 5V7",
  close: "M5 5l10 10M15 5 5 15",
  plus: "M10 4v12M4 10h12",
  save: "M4 4h10l2 2v10H4zM7 4v4h6V4M7 16v-5h6v5",
  resolve: "M4 10.5 8 14.5 16 6",
  cancel: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M5 5l10 10",
  refresh: "M4 10a6 6 0 0 1 10.5-4M15 3v3.5h-3.5M16 10a6 6 0 0 1-10.5 4M5 17v-3.5h3.5",
  reactivate: "M16 10a6 6 0 1 1-2-4.5M14 2v4h-4",
  queue: "M4 5h12M4 10h8M4 15h5M15 12v5m-2.5-2.5h5",
  article: "M5 3h7l3 3v11H5zM8 9h4M8 12h4",
  window: "M3 5h9v9H3zM8 2h9v9",
  recorded: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6v4l3 2",
  back: "M12 4 6 10l6 6",
  settings: "M4 6h7m4 0h1M4 14h1m4 0h7M13 4v4M7 12v4",
  health: "M3 10h3l2-5 4 10 2-5h3",
};

export function icon(name) {
  return svg(
    "svg",
    { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" },
    svg("path", { d: PATHS[name] }),
  );
}
