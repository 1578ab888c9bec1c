/** Refuses what Dataverse refuses: names of tables, columns and navigation properties that it has
 *  not. The fakes of tests ask here, because they answer a query without reading it. */

import tables from "./dataverseNames.json";

interface Table {
  readonly set: string;
  readonly read: string;
  readonly create: string;
  readonly update: string;
  readonly navigation: Readonly<Record<string, string>>;
}

const TABLES: Readonly<Record<string, Table>> = tables;
const ADDRESS = /^(?<set>\w+)(?:\([^)]*\))?(?<operation>\/Microsoft\.Dynamics\.CRM\.[^?]*)?/;
const EXPANDED = /^(?<navigation>\w+)(?:\((?<options>.*)\))?$/;
const VALUES = /'(?:[^']|'')*'|\b[\da-f]{8}-[\da-f-]{27}\b|\b\d[\w.:-]*/gi;
const WORDS = new Set(
  "and or not eq ne gt ge lt le null true false asc desc contains startswith endswith".split(" "),
);

/** `path` is what follows `/api/data/v9.2/`. */
export function checkPath(path: string): void {
  const { set, operation } = ADDRESS.exec(path)?.groups ?? {};
  const found = Object.entries(TABLES).find(([, table]) => table.set === set);
  if (found === undefined) {
    throw new Error(`there is no set ${set ?? path}`);
  }
  const query = path.indexOf("?");
  if (operation === undefined && query !== -1) {
    checkQuery(found[0], path.slice(query));
  }
}

/** `query` is such as `?$select=…&$filter=…`. */
export function checkQuery(table: string, query: string): void {
  checkOptions(table, split(decodeURIComponent(query).replace(/^\?/, ""), "&"));
}

export function checkRow(
  kind: "create" | "update",
  table: string,
  row: Readonly<Record<string, unknown>>,
): void {
  requireAll(Object.keys(row), known(table)[kind], `${table} takes no such column to ${kind}`);
}

function checkOptions(table: string, options: readonly string[]): void {
  for (const option of options) {
    const sign = option.indexOf("=");
    const [name, value] = [option.slice(0, sign), option.slice(sign + 1)];
    switch (name) {
      case "$select":
        requireAll(value.split(","), known(table).read, `${table} has no such column`);
        break;
      case "$filter":
      case "$orderby": {
        const names = value.replace(VALUES, " ").match(/\w+/g) ?? [];
        const columns = names.filter((each) => !WORDS.has(each));
        requireAll(columns, known(table).read, `${table} has no such column`);
        break;
      }
      case "$expand":
        split(value, ",").forEach((part) => checkExpanded(table, part));
        break;
      case "$top":
      case "$count":
        break;
      default:
        throw new Error(`nobody looked at what ${name} names`);
    }
  }
}

function checkExpanded(table: string, part: string): void {
  const { navigation = part, options } = EXPANDED.exec(part)?.groups ?? {};
  const target = known(table).navigation[navigation];
  if (target === undefined) {
    throw new Error(`${table} has no navigation property ${navigation}`);
  }
  if (options !== undefined) {
    checkOptions(target, split(options, ";"));
  }
}

function known(table: string): Table {
  const found = TABLES[table];
  if (found === undefined) {
    throw new Error(`there is no table ${table}`);
  }
  return found;
}

function requireAll(names: readonly string[], there: string, complaint: string): void {
  const all = new Set(there.split(" "));
  const wrong = names.filter((name) => !all.has(name));
  if (wrong.length > 0) {
    throw new Error(`${complaint}: ${wrong.join(", ")}`);
  }
}

/** Split at a character where it stands outside of parentheses and texts. */
function split(text: string, at: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    quoted = character === "'" ? !quoted : quoted;
    depth += quoted ? 0 : Number(character === "(") - Number(character === ")");
    if (character === at && depth === 0 && !quoted) {
      parts.push("");
    } else {
      parts.push(`${parts.pop() ?? ""}${character}`);
    }
  }
  return parts;
}
