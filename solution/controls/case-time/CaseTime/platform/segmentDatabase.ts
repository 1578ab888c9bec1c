/** What the outbox keeps on this device. */

import type { SegmentStore } from "../core/outbox";
import { Database, type Owner } from "./database";

export function segmentDatabase(factory: IDBFactory | undefined, owner: Owner): SegmentStore {
  if (factory === undefined) {
    return NOWHERE;
  }
  const database = new Database(factory, "segments", owner);
  return {
    durable: true,
    load: () => database.read((store) => store.getAll()),
    put: (entries) =>
      database.change((store) => {
        entries.forEach((entry) => store.put(entry, entry.segment.id));
      }),
    remove: (ids) =>
      database.change((store) => {
        ids.forEach((id) => store.delete(id));
      }),
  };
}

/** Where the browser keeps nothing, the window's memory must do. */
const NOWHERE: SegmentStore = {
  durable: false,
  load: async () => [],
  put: async () => undefined,
  remove: async () => undefined,
};
