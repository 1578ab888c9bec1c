/** The stored settings, and which of several values holds: the app's, the environment's, the
 *  default. */

import type { Row } from "./dataverse";
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

export const DEFINITIONS =
  "settingdefinitions?$select=uniquename,defaultvalue" +
  "&$filter=startswith(uniquename,'cht_')" +
  "&$expand=settingdefinition_organizationsetting_settingdefinitionid($select=value)," +
  "settingdefinition_appsetting_settingdefinitionId($select=value,_parentappmoduleid_value)";
export const APPS = "appmodules?$select=name,uniquename";

export function settingsBook(
  definitions: readonly Row[],
  apps: readonly Row[],
  locale: string,
): SettingsBook {
  const { compare } = new Intl.Collator(locale);
  return {
    settings: new Map(
      definitions.map((row) => [row.uniquename as SettingName, storedSetting(row)]),
    ),
    apps: apps.map(appOf).sort((one, other) => compare(one.name, other.name)),
  };
}

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

function storedSetting(row: Row): StoredSetting {
  const [environment] = overrides(
    row.settingdefinition_organizationsetting_settingdefinitionid,
    "organizationsettingid",
  );
  const apps = overrides(row.settingdefinition_appsetting_settingdefinitionId, "appsettingid");
  return {
    byDefault: typeof row.defaultvalue === "string" ? row.defaultvalue : undefined,
    environment: environment?.override,
    apps: new Map(apps.map(({ app, override }) => [app, override])),
  };
}

function overrides(
  rows: unknown,
  key: string,
): readonly { readonly app: string; readonly override: Override }[] {
  return ((rows ?? []) as readonly Row[])
    .filter(({ value }) => typeof value === "string")
    .map((row) => ({
      app: String(row._parentappmoduleid_value),
      override: { id: String(row[key]), value: String(row.value) },
    }));
}
