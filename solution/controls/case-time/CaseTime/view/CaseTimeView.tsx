import * as React from "./react";
import { FluentProvider, IdPrefixProvider, webLightTheme } from "./fluent";
import type { CaseWidget } from "../core/widget";
import { Card } from "./Card";
import { ViewProvider } from "./context";
import type { ViewEnvironment } from "./environment";

export interface CaseTimeViewProps {
  readonly widget: CaseWidget;
  readonly environment: ViewEnvironment;
}

/** The case handling time of one case. */
export const CaseTimeView: React.FC<CaseTimeViewProps> = ({ widget, environment }) => (
  <IdPrefixProvider value="cht-case-time-">
    <FluentProvider
      theme={environment.theme ?? webLightTheme}
      dir={environment.rightToLeft ? "rtl" : "ltr"}
    >
      <ViewProvider widget={widget} environment={environment}>
        <Card />
      </ViewProvider>
    </FluentProvider>
  </IdPrefixProvider>
);
