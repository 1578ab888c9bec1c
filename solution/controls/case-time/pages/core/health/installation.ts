/** Is the solution there, whole, and are the settings values that count? */

import solution from "../../model/solution.json";
import { type Dataverse, rowsOf } from "../dataverse";
import { inForce, ownValue, type SettingsBook } from "../settingsBook";
import { SETTINGS } from "../settingList";
import type { SettingsStore } from "../settingsStore";
import type { Words } from "../words";
import { lookHere, ok, type Result } from "./findings";
import { isMissing } from "./missing";

export type Table = (typeof solution.tables)[number];

export const TABLES: readonly Table[] = solution.tables;

export async function installed(dataverse: Dataverse, words: Words): Promise<Result> {
  const [row] = await rowsOf(
    dataverse,
    `solutions?$select=version&$filter=uniquename eq '${solution.solution}'`,
  );
  if (row === undefined) {
    return lookHere(words.say("Solution_Missing"), words.say("Mend_Import"));
  }
  const version = String(row.version);
  return version === solution.version
    ? ok(words.say("Solution_Version", version))
    : lookHere(words.say("Solution_Other", version, solution.version), words.say("Mend_Import"));
}

export async function reachable(dataverse: Dataverse, table: Table, words: Words): Promise<Result> {
  try {
    const query = "$select=createdon&$orderby=createdon desc&$top=1";
    const [latest] = await rowsOf(dataverse, `${table.set}?${query}`);
    return ok(
      latest === undefined
        ? words.say("Table_Empty")
        : words.say("Table_Latest", words.moment(String(latest.createdon))),
    );
  } catch (error) {
    if (isMissing(error)) {
      return lookHere(words.say("Table_Missing"), words.say("Mend_Import"));
    }
    throw error;
  }
}

export async function inRange(settings: SettingsStore, words: Words): Promise<Result> {
  const book = await settings.read();
  const missing = SETTINGS.filter(({ name }) => !book.settings.has(name));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => words.say(`Setting_${name}`));
    return lookHere(words.say("Settings_Missing", words.list(names)), words.say("Mend_Import"));
  }
  const wrong = outOfRange(book, words);
  return wrong.length === 0
    ? ok(words.say("Settings_Good"))
    : lookHere(words.say("Settings_Wrong", wrong.join(" ")), words.say("Mend_Settings"));
}

/** Stored values that are not taken as they are: for the environment, and for apps. */
function outOfRange(book: SettingsBook, words: Words): readonly string[] {
  return SETTINGS.flatMap((setting) => {
    const scopes = setting.perApp ? [undefined, ...book.apps] : [undefined];
    return scopes.flatMap((scope) => {
      const own = ownValue(book, setting, scope)?.value;
      const { meaning } = inForce(book, setting, scope, own);
      const name = words.say(`Setting_${setting.name}`);
      return own === undefined || meaning.problem === undefined
        ? []
        : [
            words.say(
              "Settings_WrongValue",
              scope === undefined ? name : `${name} – ${scope.name}`,
              own,
              words.value(setting, meaning.value),
            ),
          ];
    });
  });
}
