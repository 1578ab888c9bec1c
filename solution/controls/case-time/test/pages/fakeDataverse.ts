/** Dataverse's settings behind the Web API, as far as the pages call it. */

import { type Dataverse, DataverseError, type Reason, type Row } from "../../pages/core/dataverse";
import { SETTINGS, type SettingName } from "../../pages/core/settingList";
import { checkPath } from "../dataverseNames";

export const WORKSPACE = { id: "app-1", name: "Workspace", uniqueName: "msdyn_Workspace" };
export const HUB = { id: "app-2", name: "Hub", uniqueName: "msdynce_hubapp" };

const OPERATIONS = new Set(["WhoAmI", "SaveSettingValue"]);

interface Stored {
  readonly id: string;
  readonly setting: string;
  readonly app: string | undefined;
  readonly value: string;
}

export interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: Row;
}

export class FakeDataverse implements Dataverse {
  public readonly calls: Call[] = [];
  public stored: Stored[] = [];
  public defined: readonly string[] = SETTINGS.map(({ name }) => name);
  public apps = [WORKSPACE, HUB];
  public privileges: readonly string[] | undefined = [
    "prvReadOrganizationSetting",
    "prvWriteOrganizationSetting",
  ];
  /** What is saved for an app shows only after a publish. */
  public unpublished = false;
  /** Says why a call fails, before or after it did its work. */
  public fault: (call: Call) => { reason: Reason; when?: "after" } | undefined = () => undefined;
  /** Happens as soon as a call has arrived: somebody else works too. */
  public meanwhile: (call: Call) => void = () => undefined;
  #count = 0;

  public set(setting: SettingName, value: string, app?: { readonly id: string }): void {
    this.unset(setting, app);
    this.#count += 1;
    this.stored.push({ id: `row-${this.#count}`, setting, app: app?.id, value });
  }

  public unset(setting: SettingName, app?: { readonly id: string }): void {
    this.stored = this.stored.filter((row) => row.setting !== setting || row.app !== app?.id);
  }

  public value(setting: SettingName, app?: { readonly id: string }): string | undefined {
    return this.stored.find((row) => row.setting === setting && row.app === app?.id)?.value;
  }

  public get writes(): readonly Call[] {
    return this.calls.filter(({ method }) => method !== "GET");
  }

  public get(path: string): Promise<Row> {
    return this.#answer({ method: "GET", path }, () => this.#read(path));
  }

  public async post(path: string, body: Row): Promise<void> {
    await this.#answer({ method: "POST", path, body }, () => {
      const app = this.apps.find(({ uniqueName }) => uniqueName === body.AppUniqueName);
      if (app === undefined || !this.unpublished) {
        this.set(body.SettingName as SettingName, String(body.Value), app);
      }
      return {};
    });
  }

  public async remove(path: string): Promise<void> {
    await this.#answer({ method: "DELETE", path }, () => {
      const id = /\((?<id>.*)\)/.exec(path)?.groups?.id;
      this.stored = this.stored.filter((row) => row.id !== id);
      return {};
    });
  }

  #answer(call: Call, work: () => Row): Promise<Row> {
    if (!OPERATIONS.has(call.path)) {
      checkPath(call.path);
    }
    this.calls.push(call);
    this.meanwhile(call);
    const fault = this.fault(call);
    if (fault && fault.when !== "after") {
      return Promise.reject(new DataverseError(fault.reason, "as planned"));
    }
    const answer = work();
    return fault
      ? Promise.reject(new DataverseError(fault.reason, "as planned"))
      : Promise.resolve(answer);
  }

  #read(path: string): Row {
    if (path === "WhoAmI") {
      return { UserId: "me" };
    }
    if (path.startsWith("systemusers(me)")) {
      if (this.privileges === undefined) {
        throw new DataverseError("refused", "not known here");
      }
      return { RolePrivileges: this.privileges.map((PrivilegeName) => ({ PrivilegeName })) };
    }
    if (path.startsWith("appmodules")) {
      return {
        value: this.apps.map(({ id, name, uniqueName }) => ({
          appmoduleid: id,
          name,
          uniquename: uniqueName,
        })),
      };
    }
    const values = VALUES.find(({ query }) => query === path);
    if (values !== undefined) {
      return { value: this.stored.filter(values.holds).map((row) => values.row(row)) };
    }
    if (path.includes("$expand")) {
      throw new DataverseError("refused", "a navigation property is unknown");
    }
    return { value: this.defined.map((name) => definition(name)) };
  }
}

/** How values are asked for, in the only spelling that every public source has. */
const OF_SETTING = "$expand=settingdefinitionid($select=uniquename)";
const VALUES = [
  {
    query: `organizationsettings?$select=value&${OF_SETTING}`,
    holds: ({ app }: Stored) => app === undefined,
    row: ({ id, setting, value }: Stored) => ({
      organizationsettingid: id,
      value,
      settingdefinitionid: { uniquename: setting },
    }),
  },
  {
    query: `appsettings?$select=value,_parentappmoduleid_value&${OF_SETTING}`,
    holds: ({ app }: Stored) => app !== undefined,
    row: ({ id, setting, value, app }: Stored) => ({
      appsettingid: id,
      value,
      _parentappmoduleid_value: app,
      settingdefinitionid: { uniquename: setting },
    }),
  },
];

function definition(name: string): Row {
  return {
    uniquename: name,
    defaultvalue: SETTINGS.find((each) => each.name === name)?.fallback,
  };
}
