/** The settings page without its looks: what is stored, what the administrator changed of it, and
 *  what came of saving. */

import { asStored, type Change, isSame } from "./change";
import { DataverseError, type Reason } from "./dataverse";
import { type Complaint, readTyped } from "./meaning";
import { type Outcome, type Result, save } from "./saving";
import {
  type App,
  inForce,
  inherited,
  ownValue,
  type Scope,
  type SettingsBook,
  type Standing,
} from "./settingsBook";
import { type Setting, type SettingName, SETTINGS } from "./settingList";
import type { SettingsStore } from "./settingsStore";

export type Phase =
  | { readonly kind: "loading" }
  | { readonly kind: "refused" }
  /** The environment has none of the settings. */
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly reason: Reason; readonly detail: string }
  | { readonly kind: "ready" };

/** One setting in the scope that is shown. */
export interface Entry {
  readonly setting: Setting;
  readonly exists: boolean;
  /** What is stored: the scope's own text, what holds, and what would without the former. */
  readonly stored: string | undefined;
  readonly now: Standing;
  readonly inherited: Standing;
  /** What is chosen: a text of the scope's own, or undefined. */
  readonly chosen: string | undefined;
  /** What holds once that is saved; undefined if it cannot be saved as it is. */
  readonly afterSaving: Standing | undefined;
  readonly isChanged: boolean;
  readonly complaint: Complaint | undefined;
  readonly result: Result | undefined;
  /** Apps that go by a value of their own, when the scope is the environment. */
  readonly exceptions: readonly { readonly app: App; readonly standing: Standing }[];
}

export type SaveAnswer = "saved" | "invalid" | "unchanged" | "busy";

interface Draft {
  readonly choices: Map<SettingName, string | undefined>;
  /** Whose complaints are told; before, somebody may still be typing. */
  readonly told: Set<SettingName>;
  readonly results: Map<SettingName, Result>;
}

const NO_APPS: readonly App[] = [];

export class SettingsEditor {
  #phase: Phase = { kind: "loading" };
  #book: SettingsBook | undefined;
  #scope: Scope = undefined;
  #outcome: Outcome | undefined;
  #failure: DataverseError | undefined;
  #isSaving = false;
  readonly #drafts = new Map<string | undefined, Draft>();

  public constructor(
    private readonly store: SettingsStore,
    private readonly changed: () => void,
  ) {}

  public get phase(): Phase {
    return this.#phase;
  }

  public get scope(): Scope {
    return this.#scope;
  }

  public get apps(): readonly App[] {
    return this.#book?.apps ?? NO_APPS;
  }

  /** Why only the environment's values are shown, where Dataverse withholds those of the apps. */
  public get appsWithheld(): Reason | undefined {
    return this.#book?.appsWithheld;
  }

  /** Return how many of an app's settings go by a value of its own. */
  public ownValuesOf(app: App): number {
    const book = this.#book;
    return book === undefined
      ? 0
      : SETTINGS.filter((each) => each.perApp && ownValue(book, each, app) !== undefined).length;
  }

  public get isSaving(): boolean {
    return this.#isSaving;
  }

  /** What came of the last save, until something is changed or another scope is shown. */
  public get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  /** Why the last save did not even begin. */
  public get failure(): DataverseError | undefined {
    return this.#failure;
  }

  public get entries(): readonly Entry[] {
    const book = this.#book;
    return book === undefined ? [] : SETTINGS.map((setting) => this.#entry(book, setting));
  }

  public get changes(): readonly Change[] {
    return this.#changesIn(this.#scope);
  }

  /** The other scopes in which something is changed and not saved. */
  public get changedElsewhere(): readonly Scope[] {
    return [undefined, ...this.apps].filter(
      (scope) => scope?.id !== this.#scope?.id && this.#changesIn(scope).length > 0,
    );
  }

  public async load(): Promise<void> {
    this.#become({ kind: "loading" });
    try {
      const [book, mayWrite] = await Promise.all([this.store.read(), this.store.mayWrite()]);
      this.#book = book;
      this.#become({ kind: phaseOf(book, mayWrite) });
    } catch (error) {
      this.#become(refusalOrFailure(error));
    }
  }

  /** Show an app's settings, or the environment's. */
  public show(appId: string | undefined): void {
    this.#scope = this.apps.find(({ id }) => id === appId);
    this.#forget();
    this.changed();
  }

  /** Choose a value of the scope's own, or undefined to go by another's. */
  public choose(name: SettingName, text: string | undefined): void {
    const draft = this.#draft(this.#scope);
    draft.choices.set(name, text);
    draft.results.delete(name);
    this.#forget();
    this.changed();
  }

  /** Somebody is done with a field: its complaint is told from now on. */
  public leave(name: SettingName): void {
    this.#draft(this.#scope).told.add(name);
    this.changed();
  }

  public discard(): void {
    this.#drafts.delete(this.#scope?.id);
    this.#forget();
    this.changed();
  }

  /** Save what is changed in the scope that is shown, unless something is wrong with it. */
  public async save(): Promise<SaveAnswer> {
    if (this.#book === undefined || this.#isSaving) {
      return "busy";
    }
    const [scope, changes, book] = [this.#scope, this.changes, this.#book];
    const draft = this.#draft(scope);
    this.#forget();
    changes.forEach(({ setting }) => draft.told.add(setting.name));
    if (changes.length === 0 || this.entries.some(({ complaint }) => complaint !== undefined)) {
      this.changed();
      return changes.length === 0 ? "unchanged" : "invalid";
    }
    this.#isSaving = true;
    this.changed();
    try {
      this.#accept(await save(this.store, scope, changes.map(asStored), book), changes, draft);
    } catch (error) {
      this.#failure = expected(error);
    } finally {
      this.#isSaving = false;
      this.changed();
    }
    return "saved";
  }

  /** What was typed while it was being saved stays. */
  #accept(outcome: Outcome, changes: readonly Change[], draft: Draft): void {
    this.#book = outcome.book;
    this.#outcome = outcome;
    for (const { setting, after } of changes) {
      const result = outcome.results.get(setting.name);
      if (result?.kind !== "saved") {
        draft.results.set(setting.name, result as Result);
      } else if (draft.choices.get(setting.name) === after) {
        draft.choices.delete(setting.name);
        draft.told.delete(setting.name);
      }
    }
  }

  #entry(book: SettingsBook, setting: Setting): Entry {
    const scope = this.#scope;
    const { choices, told, results } = this.#draft(scope);
    const stored = ownValue(book, setting, scope)?.value;
    const chosen = choices.has(setting.name) ? choices.get(setting.name) : stored;
    const isChanged = !isSame(setting, stored, chosen);
    const typed = isChanged && chosen !== undefined ? readTyped(setting, chosen) : undefined;
    const own = typed?.kind === "value" ? typed.value : chosen;
    return {
      setting,
      exists: book.settings.has(setting.name),
      stored,
      now: inForce(book, setting, scope, stored),
      inherited: inherited(book, setting, scope),
      chosen,
      afterSaving: typed?.kind === "complaint" ? undefined : inForce(book, setting, scope, own),
      isChanged,
      complaint:
        typed?.kind === "complaint" && told.has(setting.name) ? typed.complaint : undefined,
      result: results.get(setting.name),
      exceptions: scope === undefined && setting.perApp ? exceptionsTo(book, setting) : [],
    };
  }

  #changesIn(scope: Scope): readonly Change[] {
    const book = this.#book;
    const draft = this.#drafts.get(scope?.id);
    if (book === undefined || draft === undefined) {
      return [];
    }
    return SETTINGS.filter(({ name }) => draft.choices.has(name))
      .map((setting) => ({
        setting,
        before: ownValue(book, setting, scope)?.value,
        after: draft.choices.get(setting.name),
      }))
      .filter(({ setting, before, after }) => !isSame(setting, before, after));
  }

  #draft(scope: Scope): Draft {
    const draft = this.#drafts.get(scope?.id) ?? {
      choices: new Map(),
      told: new Set(),
      results: new Map(),
    };
    this.#drafts.set(scope?.id, draft);
    return draft;
  }

  #forget(): void {
    this.#outcome = undefined;
    this.#failure = undefined;
  }

  #become(phase: Phase): void {
    this.#phase = phase;
    this.changed();
  }
}

function exceptionsTo(book: SettingsBook, setting: Setting): Entry["exceptions"] {
  return book.apps.flatMap((app) => {
    const own = ownValue(book, setting, app)?.value;
    return own === undefined ? [] : [{ app, standing: inForce(book, setting, app, own) }];
  });
}

function phaseOf(
  book: SettingsBook,
  mayWrite: boolean | undefined,
): "refused" | "absent" | "ready" {
  if (mayWrite === false) {
    return "refused";
  }
  return SETTINGS.some(({ name }) => book.settings.has(name)) ? "ready" : "absent";
}

function refusalOrFailure(error: unknown): Phase {
  const { reason, message } = expected(error);
  return reason === "forbidden" ? { kind: "refused" } : { kind: "failed", reason, detail: message };
}

function expected(error: unknown): DataverseError {
  if (error instanceof DataverseError) {
    return error;
  }
  throw error;
}
