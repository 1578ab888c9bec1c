/** IndexedDB: one database for each kind of thing, person and environment, so that nothing of anybody
 *  is ever in another's hands. */

/** Whose data it is. */
export interface Owner {
  readonly environment: string;
  readonly person: string;
}

export class Database {
  readonly #store: string;
  readonly #name: string;
  #opening: Promise<IDBDatabase> | undefined;

  /** `store` is the kind of thing, and the name of the one object store. */
  public constructor(
    private readonly factory: IDBFactory,
    store: string,
    { environment, person }: Owner,
  ) {
    this.#store = store;
    this.#name = `cht.${store}.${environment}.${person}`;
  }

  public async read<T>(work: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    const transaction = (await this.#open()).transaction(this.#store, "readonly");
    const request = work(transaction.objectStore(this.#store));
    await done(transaction);
    return request.result as T;
  }

  public async change(work: (store: IDBObjectStore) => void): Promise<void> {
    const transaction = (await this.#open()).transaction(this.#store, "readwrite");
    work(transaction.objectStore(this.#store));
    transaction.commit(); // at once: a page that leaves does not live to see its requests answered
    await done(transaction);
  }

  #open(): Promise<IDBDatabase> {
    const forget = (): void => {
      this.#opening = undefined; // the browser closed it, or never opened it: try again next time
    };
    this.#opening ??= this.#opened(forget).catch((error: unknown) => {
      forget();
      throw error;
    });
    return this.#opening;
  }

  #opened(closed: () => void): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = this.factory.open(this.#name, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(this.#store);
      };
      request.onsuccess = () => {
        request.result.onclose = closed;
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error as Error);
      };
    });
  }
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onerror = transaction.onabort = () => {
      reject(transaction.error as Error);
    };
  });
}
