/** Reads and writes settings in Dataverse. */

import { type Dataverse, DataverseError, type Row, rowsOf } from "./dataverse";
import {
  APPS,
  DEFINITIONS,
  type Override,
  type Scope,
  type SettingsBook,
  settingsBook,
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

// What the privileges on apps' settings are called nobody public says; these stand for both.
const READ = "prvReadOrganizationSetting";
const WRITE = "prvWriteOrganizationSetting";

export class DataverseSettings implements SettingsStore {
  public constructor(
    private readonly dataverse: Dataverse,
    private readonly locale: string,
  ) {}

  public async read(): Promise<SettingsBook> {
    const [definitions, apps] = await Promise.all([
      rowsOf(this.dataverse, DEFINITIONS),
      rowsOf(this.dataverse, APPS),
    ]);
    return settingsBook(definitions, apps, this.locale);
  }

  public async mayWrite(): Promise<boolean | undefined> {
    try {
      const held = await this.#privileges([READ, WRITE]);
      // Who may not even read them by this answer, yet did, is not told by it.
      return held.has(READ) ? held.has(WRITE) : undefined;
    } catch (error) {
      if (error instanceof DataverseError) {
        return undefined;
      }
      throw error;
    }
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

  async #privileges(names: readonly string[]): Promise<ReadonlySet<string>> {
    const { UserId: me } = await this.dataverse.get("WhoAmI");
    const asked = encodeURIComponent(JSON.stringify(names));
    const { RolePrivileges: held } = await this.dataverse.get(
      `systemusers(${String(me)})/Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNames` +
        `(PrivilegeNames=@names)?@names=${asked}`,
    );
    return new Set(((held ?? []) as readonly Row[]).map((row) => String(row.PrivilegeName)));
  }
}
