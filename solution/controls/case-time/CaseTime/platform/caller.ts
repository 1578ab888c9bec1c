/** Who and where this is, from what a form tells its controls. Some of it is missing in the public
 *  typings and on some hosts. */

import type { IInputs } from "../generated/ManifestTypes";

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
  readonly objectId: string | undefined;
  readonly environment: string;
  readonly tenantId: string | undefined;
  readonly loginHint: string | undefined;
}

export function callerOf(context: Context, clientUrl: string): Caller {
  const { userSettings, orgSettings } = context as unknown as UntypedContext;
  return {
    userId: plainId(context.userSettings.userId) ?? "",
    name: context.userSettings.userName || null,
    objectId: plainId(userSettings.aadObjectId),
    environment: plainId(orgSettings?.organizationId) ?? clientUrl,
    tenantId: plainId(orgSettings?.tenantId),
    loginHint: userSettings.userPrincipalName,
  };
}

/** Ids come with or without braces, in either case. */
function plainId(id: string | undefined): string | undefined {
  const plain = (id ?? "").replace(/[{}]/g, "").toLowerCase();
  return plain === "" ? undefined : plain;
}
