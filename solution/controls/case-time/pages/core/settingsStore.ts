/** Reads and writes settings in Dataverse. */

import { type Dataverse, DataverseError, type Row, rowsOf } from "./dataverse";
import {
  APP_VALUES,
  APPS,
  DEFINITIONS,
  ENVIRONMENT_VALUES,
  type Override,
  type Scope,
  type SettingsBook,
  settingsBook,
  type StoredRows,
} from "./settingsBook";
import type { SettingName } from "./settingList";

/** What the page needs of storage. Rejects with a `DataverseError`. */
export interface SettingsStore {
  read(): Promise<SettingsBook>;
  /** Tell whether whoever is signed in may change settings; undefined if that cannot be told. */
  mayWrite(): Promise<boolean | undefined>;
  put(name: SettingName, value: string, scope: Scope): Promise<void>;
  /** Take a scope's own value away, so that it goes by another's. */
  remove(override: Override, scope: Scope): Promise<void>;
}

const TABLES = ["OrganizationSetting", "AppSetting"] as const;

/** May work later, so that the page can be tried again as a whole. */
const PASSING: readonly string[] = ["signedOut", "unreachable"];

export class DataverseSettings implements SettingsStore {
  public constructor(
    private readonly dataverse: Dataverse,
    private readonly locale: string,
  ) {}

  public async read(): Promise<SettingsBook> {
    const [definitions, environmentValues, apps] = await Promise.all([
      rowsOf(this.dataverse, DEFINITIONS),
      rowsOf(this.dataverse, ENVIRONMENT_VALUES),
      this.#apps(),
    ]);
    return settingsBook({ definitions, environmentValues, apps }, this.locale);
  }

  /** Each table is asked for alone: no public source confirms the names of the apps' privileges, and
   *  one that does not exist may spoil the answer. Then the environment's stand for both. */
  public async mayWrite(): Promise<boolean | undefined> {
    const me = await ifAnswered(this.dataverse.get("WhoAmI"));
    const answers = await Promise.all(
      TABLES.map((table) => me && ifAnswered(this.#privileges(me, table))),
    );
    if (answers.some((answer) => answer?.write)) {
      return true;
    }
    // Who may not even read them by these answers, yet did, is not told by them.
    return answers.some((answer) => answer?.read) ? false : undefined;
  }

  public async put(name: SettingName, value: string, scope: Scope): Promise<void> {
    await this.dataverse.post("SaveSettingValue", {
      SettingName: name,
      Value: value,
      ...(scope === undefined ? {} : { AppUniqueName: scope.uniqueName }),
    });
  }

  public async remove(override: Override, scope: Scope): Promise<void> {
    const table = scope === undefined ? "organizationsettings" : "appsettings";
    await this.dataverse.remove(`${table}(${override.id})`);
  }

  /** The apps and their values. Dataverse counts the table among its private ones, so it may be refused
   *  where all else is readable; the environment's values are of use without. */
  async #apps(): Promise<StoredRows["apps"]> {
    try {
      const [values, apps] = await Promise.all([
        rowsOf(this.dataverse, APP_VALUES),
        rowsOf(this.dataverse, APPS),
      ]);
      return { values, apps };
    } catch (error) {
      if (error instanceof DataverseError && !PASSING.includes(error.reason)) {
        return error.reason;
      }
      throw error;
    }
  }

  async #privileges(
    { UserId: me }: Row,
    table: string,
  ): Promise<{ readonly read: boolean; readonly write: boolean }> {
    const [read, write] = [`prvRead${table}`, `prvWrite${table}`];
    const asked = encodeURIComponent(JSON.stringify([read, write]));
    const { RolePrivileges: rows } = await this.dataverse.get(
      `systemusers(${String(me)})/Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNames` +
        `(PrivilegeNames=@names)?@names=${asked}`,
    );
    const held = ((rows ?? []) as readonly Row[]).map((row) => row.PrivilegeName);
    return { read: held.includes(read), write: held.includes(write) };
  }
}

async function ifAnswered<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof DataverseError) {
      return undefined;
    }
    throw error;
  }
}
