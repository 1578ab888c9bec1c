/** All looks, one beside the other: nothing is changed by looking, and one look that fails leaves the
 *  others alone. */

import { type Dataverse, DataverseError } from "../dataverse";
import type { SettingsStore } from "../settingsStore";
import type { Words } from "../words";
import { cannotTell, type Finding, type Result } from "./findings";
import { inRange, installed, reachable, TABLES } from "./installation";
import { addressed, answering, endpointRow, type Probe, registered } from "./webhooks";

export interface Places {
  readonly dataverse: Dataverse;
  readonly settings: SettingsStore;
  readonly probe: Probe;
}

/** Look everywhere; the findings come in a fixed order. */
export async function examine(places: Places, words: Words): Promise<readonly Finding[]> {
  const { dataverse } = places;
  const endpoint = endpointRow(dataverse);
  const looks: readonly (readonly [string, () => Promise<Result>])[] = [
    [words.say("Subject_Solution"), () => installed(dataverse, words)],
    ...TABLES.map(
      (table) =>
        [
          words.say("Subject_Table", words.say(`Table_${table.name}`)),
          () => reachable(dataverse, table, words),
        ] as const,
    ),
    [words.say("Subject_Settings"), () => inRange(places.settings, words)],
    [words.say("Subject_Endpoint"), async () => addressed(await endpoint, words)],
    [words.say("Subject_Steps"), () => registered(dataverse, words)],
    [words.say("Subject_Functions"), async () => answering(await endpoint, places.probe, words)],
  ];
  return Promise.all(
    looks.map(async ([subject, look]) => ({ subject, ...(await asFarAsAllowed(look, words)) })),
  );
}

async function asFarAsAllowed(look: () => Promise<Result>, words: Words): Promise<Result> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof DataverseError)) {
      throw error;
    }
    return untold(error, words);
  }
}

function untold({ reason, message }: DataverseError, words: Words): Result {
  switch (reason) {
    case "forbidden":
      return cannotTell(words.say("Look_Forbidden"), words.say("Mend_Role"));
    case "signedOut":
      return cannotTell(words.say("Look_SignedOut"), words.say("Mend_SignIn"));
    default: {
      const said =
        message === "" ? words.say("Look_Unreachable") : words.say("Look_Failed", message);
      return cannotTell(said, words.say("Mend_Again"));
    }
  }
}
