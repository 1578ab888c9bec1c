/** Who and where this is, from what a form tells its controls. Some of it is missing in the public
 *  typings and on some hosts. */

import type { IInputs } from "../generated/ManifestTypes";
import { plainId } from "./plainId";
import type { Identity } from "./webSignIn";

export type Context = ComponentFramework.Context<IInputs>;

interface UntypedContext {
  readonly mode: { readonly contextInfo?: { readonly entityId?: string } };
  readonly page?: { readonly entityId?: string };
  readonly userSettings: { readonly aadObjectId?: string; readonly userPrincipalName?: string };
  readonly orgSettings?: { readonly organizationId?: string; readonly tenantId?: string };
}

/** The case's id; undefined until it was saved once. */
export function caseIdOf(context: Context): string | undefined {
  const untyped = context as unknown as UntypedContext;
  return plainId(untyped.mode.contextInfo?.entityId ?? untyped.page?.entityId);
}

export interface Caller {
  readonly userId: string;
  readonly name: string | null;
  readonly environment: string;
  readonly tenantId: string | undefined;
}

export function callerOf(context: Context, clientUrl: string): Caller {
  const { orgSettings } = context as unknown as UntypedContext;
  return {
    userId: plainId(context.userSettings.userId) ?? "",
    name: context.userSettings.userName || null,
    environment: plainId(orgSettings?.organizationId) ?? clientUrl,
    tenantId: plainId(orgSettings?.tenantId),
  };
}

/** Who the representative is for Entra: as the form tells, or as it stands in their row of users.
 *  Without a hint Entra signs in silently only where the browser has exactly one session. */
export async function identityOf(context: Context, userId: string): Promise<Identity> {
  const { aadObjectId, userPrincipalName } = (context as unknown as UntypedContext).userSettings;
  if (aadObjectId && userPrincipalName) {
    return { objectId: plainId(aadObjectId), loginHint: userPrincipalName };
  }
  let row: UserRow = {};
  try {
    const columns = "?$select=azureactivedirectoryobjectid,domainname";
    row = await context.webAPI.retrieveRecord("systemuser", userId, columns);
  } catch (error) {
    if (!aadObjectId) {
      throw error;
    }
  }
  return {
    objectId: plainId(aadObjectId ?? row.azureactivedirectoryobjectid),
    loginHint: userPrincipalName ?? row.domainname,
  };
}

interface UserRow {
  readonly azureactivedirectoryobjectid?: string;
  readonly domainname?: string;
}
