import { DataverseError } from "../dataverse";

/** Tell whether what was asked for is not there at all. */
export function isMissing(error: unknown): boolean {
  return error instanceof DataverseError && error.reason === "missing";
}
