/** IndexedDB for the outbox: one database for each person and environment, so that nobody's time is
 *  ever in another's hands. */

import type { SegmentStore, StoredSegment } from "../core/outbox";

const STORE = "segments";
const VERSION = 1;

export function segmentDatabase(
  factory: IDBFactory | undefined,
  owner: { readonly environment: string; readonly person: string },
): SegmentStore {
  if (factory === undefined) {
    return NOWHERE;
  }
  const name = `cht.segments.${owner.environment}.${owner.person}`;
  let opening: Promise<IDBDatabase> | undefined;
  const open = (): Promise<IDBDatabase> => {
    const forget = (): void => {
      opening = undefined; // the browser closed it, or never opened it: the next call tries again
    };
    opening ??= opened(factory, name, forget).catch((error: unknown) => {
      forget();
      throw error;
    });
    return opening;
  };
  const change = async (work: (store: IDBObjectStore) => void): Promise<void> => {
    const transaction = (await open()).transaction(STORE, "readwrite");
    work(transaction.objectStore(STORE));
    transaction.commit(); // at once: a page that leaves does not live to see its requests answered
    await done(transaction);
  };
  return {
    durable: true,
    load: async () => {
      const transaction = (await open()).transaction(STORE, "readonly");
      const all = transaction.objectStore(STORE).getAll() as IDBRequest<StoredSegment[]>;
      await done(transaction);
      return all.result;
    },
    put: (entries) =>
      change((store) => {
        entries.forEach((entry) => store.put(entry, entry.segment.id));
      }),
    remove: (ids) =>
      change((store) => {
        ids.forEach((id) => store.delete(id));
      }),
  };
}

/** Where the browser keeps nothing, the window's memory must do. */
const NOWHERE: SegmentStore = {
  durable: false,
  load: () => Promise.resolve([]),
  put: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

function opened(factory: IDBFactory, name: string, closed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE);
    };
    request.onsuccess = () => {
      request.result.onclose = closed;
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error("the browser's storage cannot be opened"));
    };
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onerror = transaction.onabort = () => {
      reject(transaction.error ?? new Error("the browser's storage does not answer"));
    };
  });
}
