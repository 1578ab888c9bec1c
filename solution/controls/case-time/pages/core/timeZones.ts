/** IANA's names of time zones. A browser offers one name of each; the product knows all of them. */

import aliases from "../model/zoneAliases.json";

const known = [...new Set([...Intl.supportedValuesOf("timeZone"), ...aliases])].sort();
const exact: ReadonlySet<string> = new Set(known);
const bySpelling: ReadonlyMap<string, string> = new Map(known.map((name) => [plain(name), name]));

/** The names to choose from: places, and UTC. */
export const OFFERED_ZONES: readonly string[] = known.filter(
  (name) => name === "UTC" || (name.includes("/") && !name.startsWith("Etc/")),
);

/** Tell whether the product knows a name, which it takes letter by letter. */
export function isZone(name: string): boolean {
  return exact.has(name);
}

/** Return the name that somebody means who does not care about capitals or spaces. */
export function zoneNamed(typed: string): string | undefined {
  return bySpelling.get(plain(typed));
}

function plain(name: string): string {
  return name.trim().toLowerCase().replaceAll(" ", "_");
}
