/** The states of cases: asked for through the form's own session, and remembered on this device. */

import { type CaseStates, caseStateOf, STATE_COLUMN } from "../core/caseState";
import { Database, type Owner } from "./database";

/** Only cases that do not run are remembered. They lie in a database of their own, since a new store
 *  in that of the segments would wait until every window with an older control is closed. */
export function caseStates(
  webApi: () => ComponentFramework.WebApi,
  factory: IDBFactory | undefined,
  owner: Owner,
): CaseStates {
  const database = factory && new Database(factory, "cases", owner);
  return {
    ask: async (caseId) =>
      caseStateOf(await webApi().retrieveRecord("incident", caseId, `?$select=${STATE_COLUMN}`)),
    recall: async (caseId) => database?.read((store) => store.get(caseId)),
    remember: async (caseId, state) =>
      database?.change((store) => {
        if (state === null) {
          store.delete(caseId);
        } else {
          store.put(state, caseId);
        }
      }),
  };
}
