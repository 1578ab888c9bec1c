/** The cases as Dataverse has them, and what people do with them. */

import { call } from "./dataverse.js";

export const ACTIVE = 0;
export const STATES = ["Active", "Resolved", "Cancelled"];

const COLUMNS = [
  "title",
  "ticketnumber",
  "description",
  "statecode",
  "createdon",
  "_customerid_value",
  "_ownerid_value",
  "_parentcaseid_value",
].join(",");
const ANNOTATION = "OData.Community.Display.V1.FormattedValue";
const SHOWN = { Prefer: `odata.include-annotations="${ANNOTATION}"` };
const RESOLUTION = "Microsoft.Dynamics.CRM.incidentresolution";
const PROBLEM_SOLVED = 5;
const CANCELLED = { statecode: 2, statuscode: 6 };
const IN_PROGRESS = { statecode: 0, statuscode: 1 };

/** Keeps the list that was read last, and tells when it has changed. */
export class Cases extends EventTarget {
  #cases = [];

  get all() {
    return this.#cases;
  }

  find(id) {
    return this.#cases.find((each) => each.id === id);
  }

  childrenOf(id) {
    return this.#cases.filter((each) => each.parentId === id);
  }

  /** Return a few other active cases that are no relatives; the platform would compare texts. */
  similarTo(id) {
    const parentId = this.find(id)?.parentId;
    const isOther = (each) => each.id !== id && each.id !== parentId && each.parentId !== id;
    return this.#cases.filter((each) => each.state === ACTIVE && isOther(each)).slice(0, 2);
  }

  async read() {
    const query = `incidents?$select=${COLUMNS}&$orderby=createdon`;
    const { value } = await call("GET", query, undefined, SHOWN);
    const cases = value.map(caseOf);
    if (JSON.stringify(cases) !== JSON.stringify(this.#cases)) {
      this.#cases = cases;
      this.dispatchEvent(new Event("change"));
    }
  }

  /** Create a case for the office's only customer and return its id. */
  async create(title) {
    const { value } = await call("GET", "accounts?$select=name&$top=1");
    const body = { title, "customerid_account@odata.bind": `/accounts(${value[0].accountid})` };
    const made = await call("POST", "incidents", body, { Prefer: "return=representation" });
    await this.read();
    return made.incidentid;
  }

  async describe(id, description) {
    await this.#change("PATCH", `incidents(${id})`, { description });
  }

  async resolve(id, subject) {
    await this.#change("POST", "CloseIncident", {
      IncidentResolution: {
        "@odata.type": RESOLUTION,
        subject,
        "incidentid@odata.bind": `/incidents(${id})`,
      },
      Status: PROBLEM_SOLVED,
    });
  }

  async cancel(id) {
    await this.#change("PATCH", `incidents(${id})`, CANCELLED);
  }

  async reactivate(id) {
    await this.#change("PATCH", `incidents(${id})`, IN_PROGRESS);
  }

  async #change(method, path, body) {
    await call(method, path, body);
    await this.read();
  }
}

function caseOf(row) {
  return {
    id: row.incidentid,
    title: row.title,
    number: row.ticketnumber ?? "no number yet",
    description: row.description ?? "",
    state: row.statecode,
    createdAt: row.createdon,
    customer: row[`_customerid_value@${ANNOTATION}`] ?? "–",
    owner: row[`_ownerid_value@${ANNOTATION}`] ?? "–",
    parentId: row._parentcaseid_value,
  };
}
