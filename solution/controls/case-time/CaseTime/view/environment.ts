import type { Theme } from "@fluentui/react-components";

/** What the form gives the view. */
export interface ViewEnvironment {
  /** The text of a key in the language of the form; the key itself when there is none. */
  readonly text: (key: string) => string;
  /** BCP 47, such as "ar". */
  readonly locale: string;
  readonly rightToLeft: boolean;
  /** The platform's theme; undefined in its classic look. */
  readonly theme: Theme | undefined;
  /** Where images of representatives are: their addresses are relative. */
  readonly clientUrl: string;
  /** Which version this is and how it runs here, for whoever has to find out why time is missing. */
  readonly support: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
