import * as React from "./react";
import { formatDuration, formattingLocale } from "../core/duration";
import { phrasesOf, type Phrases } from "../core/phrases";
import type { CaseWidget } from "../core/widget";
import type { ViewEnvironment } from "./environment";
import { momentText } from "./moments";

/** What every part of the card needs: the case, and how to speak of it. */
export interface View extends Phrases {
  readonly widget: CaseWidget;
  readonly locale: string;
  readonly clientUrl: string;
  readonly support: () => string;
  readonly now: () => number;
  /** A length for the eye: "1 hr 5 min". */
  short(seconds: number): string;
  /** A length for the ear: "1 hour, 5 minutes". */
  long(seconds: number): string;
  moment(at: string): string;
}

/** There is none outside of the card, and no part of it stands there. */
const ViewContext = React.createContext<View>(undefined as never);

export function useView(): View {
  return React.useContext(ViewContext);
}

/** The form hands over a new environment at each of its updates; what did not change stays. */
export const ViewProvider: React.FC<{ widget: CaseWidget; environment: ViewEnvironment }> = ({
  widget,
  environment,
  children,
}) => {
  const { text, clientUrl, support, now } = environment;
  const locale = formattingLocale(environment.locale);
  const view = React.useMemo<View>(
    () => ({
      ...phrasesOf(text, locale),
      widget,
      locale,
      clientUrl,
      support,
      now,
      short: (seconds) => formatDuration(seconds, locale, "short"),
      long: (seconds) => formatDuration(seconds, locale, "long"),
      moment: (at) => momentText(at, now(), locale),
    }),
    [widget, text, locale, clientUrl, support, now],
  );
  return <ViewContext.Provider value={view}>{children}</ViewContext.Provider>;
};
