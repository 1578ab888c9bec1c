// DynamicsWebApi, as the administrator of the mock that DATAVERSE_URL names, and rows to begin with.

import { DynamicsWebApi } from "dynamics-web-api";

export const config = {
  serverUrl: process.env.DATAVERSE_URL,
  dataApi: { version: "9.2" },
  onTokenRefresh: async () => process.env.DATAVERSE_TOKEN,
};
export const client = new DynamicsWebApi(config);
export const FORMATTED = "OData.Community.Display.V1.FormattedValue";
export const CRM = "Microsoft.Dynamics.CRM";
/** The id of no row. */
export const NOBODY = "00000000-0000-0000-0000-000000000001";

export const createAccount = (name = "Contoso") =>
  client.create({ collection: "accounts", data: { name } });
export const createContact = (lastname) =>
  client.create({ collection: "contacts", data: { lastname } });
export const createTask = (subject) => client.create({ collection: "tasks", data: { subject } });

/** Create an active case of a new customer. */
export async function createCase(more = {}) {
  const customer = `/accounts(${await createAccount()})`;
  const data = { title: "Printer", "customerid_account@odata.bind": customer, ...more };
  return client.create({ collection: "incidents", data });
}

export const read = (collection, key, ...select) => client.retrieve({ collection, key, select });
export const refusedWith = (status) => (error) => error.status === status;
