/** The document as every part of the page uses it. */

import { Problem } from "./api.js";

export const at = (id) => document.getElementById(id);

/** Say what went wrong in an element made for it, or take back what it said. */
export function complain(where, error) {
  where.hidden = error === null;
  if (error !== null) {
    where.textContent = error instanceof Problem ? error.message : `No answer: ${error.message}`;
  }
}
