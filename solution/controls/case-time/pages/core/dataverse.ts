/** Dataverse as the pages use it: the Web API of the environment they are in, as whoever is signed
 *  in there. */

export type Row = Readonly<Record<string, unknown>>;

/** `path` is what follows `/api/data/v9.2/`. Every call rejects with a `DataverseError`. */
export interface Dataverse {
  get(path: string): Promise<Row>;
  post(path: string, body: Row): Promise<void>;
  remove(path: string): Promise<void>;
}

/** Why a call came to nothing: `unreachable` may work later, the others will not. */
export type Reason = "forbidden" | "missing" | "refused" | "signedOut" | "unreachable";

export class DataverseError extends Error {
  public constructor(
    public readonly reason: Reason,
    /** What Dataverse said, in its words; empty where it said nothing. */
    message: string,
  ) {
    super(message);
    this.name = "DataverseError";
  }
}

/** Return the rows of a list. */
export async function rowsOf(dataverse: Dataverse, path: string): Promise<readonly Row[]> {
  const { value } = await dataverse.get(path);
  return (value ?? []) as readonly Row[];
}

export function reasonOf(status: number): Reason {
  switch (status) {
    case 401:
      return "signedOut";
    case 403:
      return "forbidden";
    case 404:
      return "missing";
    case 408:
    case 429:
      return "unreachable";
    default:
      return status >= 500 ? "unreachable" : "refused";
  }
}
