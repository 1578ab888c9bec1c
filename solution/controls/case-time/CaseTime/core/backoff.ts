/** How long to wait before the same call again. */

const FIRST_SECONDS = 5;
const MOST_SECONDS = 300;

/** Seconds to wait after so many failures in a row (1 after the first).
 *
 *  They double, with half of them left to `chance` (0 to 1), so that a hundred widgets that lost the
 *  service together do not come back together.
 */
export function backoffSeconds(failures: number, chance: number): number {
  return Math.min(MOST_SECONDS, FIRST_SECONDS * 2 ** (failures - 1)) * (0.5 + chance / 2);
}
