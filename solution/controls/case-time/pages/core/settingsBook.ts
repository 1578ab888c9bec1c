/** The stored settings, and which of several values holds: the app's, the environment's, the
 *  default. */

import type { Reason, Row } from "./dataverse";
import { type Meaning, meaningOf } from "./meaning";
import type { Setting, SettingName } from "./settingList";

export interface App {
  readonly id: string;
  readonly name: string;
  /** By which a value is saved for it. */
  readonly uniqueName: string;
}

/** A value that replaces another, in a row of its own. */
export interface Override {
  readonly id: string;
  readonly value: string;
}

export interface StoredSetting {
  readonly byDefault: string | undefined;
  readonly environment: Override | undefined;
  readonly apps: ReadonlyMap<string, Override>;
}

/** A setting that the environment does not have is missing. Apps are in the order of their names. */
export interface SettingsBook {
  readonly settings: ReadonlyMap<SettingName, StoredSetting>;
  readonly apps: readonly App[];
  /** Why the apps and their values are not known, where Dataverse does not show them. */
  readonly appsWithheld: Reason | undefined;
}

/** For whom a value is: one app, or the environment (`undefined`). */
export type Scope = App | undefined;
export type Source = "app" | "environment" | "default";

/** A value where it holds. */
export interface Standing {
  readonly source: Source;
  readonly text: string | undefined;
  readonly meaning: Meaning;
}

/** Values are asked for from their side: its lookup has one spelling in every source, while the way
 *  from a definition to its values has not. */
const OF_SETTING = "&$expand=settingdefinitionid($select=uniquename)";
export const DEFINITIONS =
  "settingdefinitions?$select=uniquename,defaultvalue&$filter=startswith(uniquename,'cht_')";
export const ENVIRONMENT_VALUES = `organizationsettings?$select=value${OF_SETTING}`;
export const APP_VALUES = `appsettings?$select=value,_parentappmoduleid_value${OF_SETTING}`;
export const APPS = "appmodules?$select=name,uniquename";

/** What Dataverse told: rows, or of the apps why there are none. */
export interface StoredRows {
  readonly definitions: readonly Row[];
  readonly environmentValues: readonly Row[];
  readonly apps: { readonly values: readonly Row[]; readonly apps: readonly Row[] } | Reason;
}

export function settingsBook(rows: StoredRows, locale: string): SettingsBook {
  const { compare } = new Intl.Collator(locale);
  const withheld = typeof rows.apps === "string" ? rows.apps : undefined;
  const { values, apps } = typeof rows.apps === "string" ? NO_APPS : rows.apps;
  return {
    settings: new Map(
      rows.definitions.map((row) => [
        row.uniquename as SettingName,
        storedSetting(row, rows.environmentValues, values),
      ]),
    ),
    apps: apps.map(appOf).sort((one, other) => compare(one.name, other.name)),
    appsWithheld: withheld,
  };
}

const NO_APPS = { values: [], apps: [] };

/** Return a scope's own value, or undefined where it goes by another's. */
export function ownValue(book: SettingsBook, setting: Setting, scope: Scope): Override | undefined {
  const stored = book.settings.get(setting.name);
  return scope === undefined ? stored?.environment : stored?.apps.get(scope.id);
}

/** Return what holds in a scope without a value of its own. */
export function inherited(book: SettingsBook, setting: Setting, scope: Scope): Standing {
  const stored = book.settings.get(setting.name);
  const replaced = scope === undefined ? undefined : stored?.environment;
  return replaced === undefined
    ? standing(setting, "default", stored?.byDefault)
    : standing(setting, "environment", replaced.value);
}

/** Return what holds in a scope whose own value is `own`, or that has none. */
export function inForce(
  book: SettingsBook,
  setting: Setting,
  scope: Scope,
  own: string | undefined,
): Standing {
  if (own === undefined || (scope !== undefined && !setting.perApp)) {
    return inherited(book, setting, scope);
  }
  return standing(setting, scope === undefined ? "environment" : "app", own);
}

function standing(setting: Setting, source: Source, text: string | undefined): Standing {
  return { source, text, meaning: meaningOf(setting, text) };
}

function appOf(row: Row): App {
  const uniqueName = String(row.uniquename);
  return { id: String(row.appmoduleid), name: String(row.name ?? uniqueName), uniqueName };
}

function storedSetting(
  definition: Row,
  environmentValues: readonly Row[],
  appValues: readonly Row[],
): StoredSetting {
  const [environment] = valuesOf(definition, environmentValues);
  return {
    byDefault: typeof definition.defaultvalue === "string" ? definition.defaultvalue : undefined,
    environment: environment && overrideOf(environment, "organizationsettingid"),
    apps: new Map(
      valuesOf(definition, appValues).map((row) => [
        String(row._parentappmoduleid_value),
        overrideOf(row, "appsettingid"),
      ]),
    ),
  };
}

function valuesOf({ uniquename }: Row, rows: readonly Row[]): readonly Row[] {
  return rows.filter(
    ({ value, settingdefinitionid: definition }) =>
      typeof value === "string" && (definition as Row | null)?.uniquename === uniquename,
  );
}

function overrideOf(row: Row, key: string): Override {
  return { id: String(row[key]), value: String(row.value) };
}
