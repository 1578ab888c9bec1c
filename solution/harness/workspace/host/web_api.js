/** `context.webAPI`: rows of Dataverse through the form's own session. */

import { call } from "../dataverse.js";

/** Dataverse makes the plural of a table's name as English does. */
const setOf = (table) => (table.endsWith("y") ? `${table.slice(0, -1)}ies` : `${table}s`);
const rowOf = (table, id) => `${setOf(table)}(${id.replace(/[{}]/g, "")})`;
const reference = (table, id) => ({ entityType: table, id });

export const webApi = {
  async createRecord(table, values) {
    const prefer = { Prefer: "return=representation" };
    const made = await call("POST", setOf(table), values, prefer);
    return reference(table, made[`${table}id`] ?? made.activityid);
  },

  async retrieveRecord(table, id, options = "") {
    return call("GET", rowOf(table, id) + options);
  },

  async retrieveMultipleRecords(table, options = "", maxPageSize = undefined) {
    const prefer = maxPageSize === undefined ? {} : { Prefer: `odata.maxpagesize=${maxPageSize}` };
    const page = await call("GET", setOf(table) + options, undefined, prefer);
    return { entities: page.value, nextLink: page["@odata.nextLink"] };
  },

  async updateRecord(table, id, values) {
    await call("PATCH", rowOf(table, id), values, { "If-Match": "*" });
    return reference(table, id);
  },

  async deleteRecord(table, id) {
    await call("DELETE", rowOf(table, id));
    return reference(table, id);
  },
};
