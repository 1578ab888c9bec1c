/** The form's own session with Dataverse: same origin, signed in by the page's cookie. */

export const API = "/api/data/v9.2/";

/** A refusal in Dataverse's words, shaped as `Xrm.WebApi` rejects. */
export class DataverseError extends Error {
  constructor(errorCode, message) {
    super(message);
    this.name = "DataverseError";
    this.errorCode = errorCode;
  }
}

/** Send one call and return the answer's JSON, or undefined when it has none. */
export async function call(method, path, body, headers = {}) {
  const sent = { Accept: "application/json", "OData-Version": "4.0", ...headers };
  if (body !== undefined) {
    sent["Content-Type"] = "application/json";
  }
  let answer;
  try {
    answer = await fetch(API + path, { method, headers: sent, body: body && JSON.stringify(body) });
  } catch (error) {
    throw new DataverseError(0, `No answer: ${error.message}`);
  }
  const text = await answer.text();
  const content = text.startsWith("{") ? JSON.parse(text) : undefined;
  if (!answer.ok) {
    const { code, message } = content?.error ?? {};
    throw new DataverseError(
      Number(code ?? answer.status),
      message ?? content?.detail ?? `Dataverse answered ${answer.status}`,
    );
  }
  return content;
}

export async function whoAmI() {
  const { UserId: userId, OrganizationId: organizationId } = await call("GET", "WhoAmI");
  const columns = "fullname,azureactivedirectoryobjectid";
  const row = await call("GET", `systemusers(${userId})?$select=${columns}`);
  return {
    userId,
    organizationId,
    name: row.fullname,
    entraObjectId: row.azureactivedirectoryobjectid,
  };
}
