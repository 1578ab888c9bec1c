import * as React from "react";
import type { Theme } from "@fluentui/react-components";
import type { CaseForm } from "./core/caseForm";
import { localeOf } from "./core/locales";
import type { IInputs, IOutputs } from "./generated/ManifestTypes";
import { caseIdOf } from "./platform/caller";
import { deskOf, type PageDesk } from "./platform/desk";
import { CaseTimeView } from "./view/CaseTimeView";

/** The control's life on a form; everything else is told to the core or asked by the view. */
export class CaseTime implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  #page!: PageDesk;
  #form!: CaseForm;
  #unwatch: (() => void) | undefined;

  public init(context: ComponentFramework.Context<IInputs>): void {
    this.#page = deskOf(context);
    this.#form = this.#page.desk.open(caseIdOf(context));
  }

  public updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    this.#page = deskOf(context);
    this.#form.showCase(caseIdOf(context));
    this.#form.checkState();
    const environment = {
      text: (key: string) => context.resources.getString(key),
      locale: localeOf(context.userSettings.languageId),
      rightToLeft: context.userSettings.isRTL,
      theme: context.fluentDesignLanguage?.tokenTheme as Theme | undefined,
      clientUrl: this.#page.clientUrl,
      support: this.#page.support,
      now: Date.now,
    };
    const view = React.createElement(CaseTimeView, { widget: this.#form, environment });
    return React.createElement("div", { ref: this.#attach }, view);
  }

  public getOutputs(): IOutputs {
    return {};
  }

  public destroy(): void {
    this.#unwatch?.();
    this.#page.desk.close(this.#form);
  }

  /** The element is there only once the view stands; a form takes part from then on. */
  readonly #attach = (element: HTMLElement | null): void => {
    this.#unwatch?.();
    this.#unwatch = undefined;
    if (element !== null) {
      const { page } = this.#page.desk;
      this.#form.isShown = () => element.getClientRects().length > 0;
      this.#unwatch = this.#page.sensors.watch(element, () => {
        page.look();
      });
      page.add(this.#form);
    }
  };
}
