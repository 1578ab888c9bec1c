/** Saving: only what changed, and only over what was read. */

import type { Change } from "./change";
import { DataverseError, type Reason } from "./dataverse";
import { ownValue, type Scope, type SettingsBook } from "./settingsBook";
import type { SettingName } from "./settingList";
import type { SettingsStore } from "./settingsStore";

export type Result =
  | { readonly kind: "saved" }
  /** Somebody else changed it since it was read; nothing was written. */
  | { readonly kind: "conflict"; readonly found: string | undefined }
  /** Dataverse took it for an app, and still shows the value before: an app's values may have to be
   *  published, as other parts of it have. */
  | { readonly kind: "unpublished" }
  | { readonly kind: "failed"; readonly reason: Reason; readonly detail: string };

export interface Outcome {
  readonly results: ReadonlyMap<SettingName, Result>;
  /** What somebody else changed in this scope since it was read, beside the conflicts. */
  readonly changedMeanwhile: readonly SettingName[];
  readonly book: SettingsBook;
  /** False if `book` is from before the writing, because it could not be read again. */
  readonly isChecked: boolean;
}

/** Write changes one after the other; a failed one does not keep the others from being written.
 *
 *  Dataverse's save has no condition, so that everything is read again just before, and after.
 *  Rejects with a `DataverseError` when the first of these reads fails: nothing was written then. */
export async function save(
  store: SettingsStore,
  scope: Scope,
  changes: readonly Change[],
  read: SettingsBook,
): Promise<Outcome> {
  const fresh = await store.read();
  const results = new Map<SettingName, Result>();
  for (const change of changes) {
    results.set(change.setting.name, await written(store, scope, change, fresh));
  }
  const after = await readAgain(store);
  return {
    results: after === undefined ? results : asFound(results, changes, scope, after),
    changedMeanwhile: [...fresh.settings.keys()].filter(
      (name) => !results.has(name) && valueIn(fresh, name, scope) !== valueIn(read, name, scope),
    ),
    book: after ?? fresh,
    isChecked: after !== undefined,
  };
}

async function written(
  store: SettingsStore,
  scope: Scope,
  { setting, before, after }: Change,
  fresh: SettingsBook,
): Promise<Result> {
  const now = ownValue(fresh, setting, scope);
  if (now?.value !== before) {
    return now?.value === after ? { kind: "saved" } : { kind: "conflict", found: now?.value };
  }
  try {
    if (after !== undefined) {
      await store.put(setting.name, after, scope);
    } else if (now !== undefined) {
      await store.remove(now, scope);
    }
    return { kind: "saved" };
  } catch (error) {
    return failure(error);
  }
}

/** A lost answer may have done its work, and what was saved may be overwritten already. */
function asFound(
  results: ReadonlyMap<SettingName, Result>,
  changes: readonly Change[],
  scope: Scope,
  book: SettingsBook,
): ReadonlyMap<SettingName, Result> {
  const changed = new Map(changes.map((change) => [change.setting.name, change]));
  return new Map(
    [...results].map(([name, result]): [SettingName, Result] => {
      const found = valueIn(book, name, scope);
      const { before, after } = changed.get(name) ?? {};
      if (found === after) {
        return [name, { kind: "saved" }];
      }
      if (result.kind !== "saved") {
        return [name, result];
      }
      const isUnpublished = scope !== undefined && found === before;
      return [name, isUnpublished ? { kind: "unpublished" } : { kind: "conflict", found }];
    }),
  );
}

async function readAgain(store: SettingsStore): Promise<SettingsBook | undefined> {
  try {
    return await store.read();
  } catch (error) {
    failure(error);
    return undefined;
  }
}

function failure(error: unknown): Result {
  if (error instanceof DataverseError) {
    return { kind: "failed", reason: error.reason, detail: error.message };
  }
  throw error;
}

function valueIn(book: SettingsBook, name: SettingName, scope: Scope): string | undefined {
  const stored = book.settings.get(name);
  return (scope === undefined ? stored?.environment : stored?.apps.get(scope.id))?.value;
}
