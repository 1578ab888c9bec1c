/** The choice between the value that is inherited and a value of one's own. */

import { meaningOf } from "../core/meaning";
import type { Entry } from "../core/settingsEditor";
import type { Setting } from "../core/settingList";
import type { Words } from "../core/words";
import { element } from "./dom";
import { offerZones } from "./zoneList";

export interface ChoiceState {
  readonly entry: Entry;
  /** Whether a value of one's own may be chosen. */
  readonly isOpen: boolean;
  readonly inheritedLabel: string;
  readonly ownLabel: string;
}

export interface Choice {
  readonly element: HTMLElement;
  update(state: ChoiceState): void;
  /** Go to where a value is to be corrected. */
  focus(): void;
}

export interface ChoiceActions {
  choose(text: string | undefined): void;
  /** The field is left, or Enter is pressed in it. */
  leave(): void;
}

/** Inherited, yes or no. */
export function yesNoChoice(setting: Setting, words: Words, actions: ChoiceActions): Choice {
  const inherited = option(setting, () => {
    actions.choose(undefined);
  });
  const own = ["true", "false"].map((value) => {
    const made = option(setting, () => {
      actions.choose(value);
    });
    made.label.textContent = words.value(setting, value);
    return { ...made, value };
  });
  const place = element("div", { class: "choices" }, ...[inherited, ...own].map(elementOf));
  return {
    element: place,
    focus: () => {
      inherited.radio.focus();
    },
    update: ({ entry, inheritedLabel }) => {
      inherited.label.textContent = inheritedLabel;
      const { value, problem } = meaningOf(setting, entry.chosen);
      const chosen = problem === undefined ? value : undefined; // a text that means neither
      inherited.radio.checked = entry.chosen === undefined;
      own.forEach((each) => {
        each.radio.checked = entry.chosen !== undefined && each.value === chosen;
      });
    },
  };
}

/** Inherited, or what is typed. */
export function textChoice(setting: Setting, actions: ChoiceActions): Choice {
  const field = valueField(setting);
  let proposed = setting.fallback;
  const inherited = option(setting, () => {
    actions.choose(undefined);
  });
  const own = option(setting, () => {
    actions.choose(field.value.trim() === "" ? proposed : field.value);
  });
  own.label.id = `${setting.name}-own`;
  field.addEventListener("input", () => {
    actions.choose(field.value);
  });
  field.addEventListener("change", actions.leave);
  const place = element(
    "div",
    { class: "choices" },
    elementOf(inherited),
    element("div", { class: "own" }, elementOf(own), field),
  );
  if (setting.kind === "timeZone") {
    place.append(offerZones(field));
  }
  return {
    element: place,
    focus: () => {
      field.focus();
    },
    update: ({ entry, isOpen, inheritedLabel, ownLabel }) => {
      proposed = entry.inherited.meaning.value;
      inherited.label.textContent = inheritedLabel;
      own.label.textContent = ownLabel;
      inherited.radio.checked = entry.chosen === undefined;
      own.radio.checked = entry.chosen !== undefined;
      own.radio.disabled = field.disabled = !isOpen;
      show(field, entry.chosen ?? "");
      field.setAttribute("aria-invalid", String(entry.complaint !== undefined));
    },
  };
}

/** Its name is the setting's, and that the value is one's own. */
function valueField({ name, kind }: Setting): HTMLInputElement {
  return element("input", {
    class: kind,
    inputmode: kind === "number" ? "numeric" : undefined,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-labelledby": `${name}-label ${name}-own`,
    "aria-describedby": `${name}-problem`,
  });
}

interface Option {
  readonly element: HTMLElement;
  readonly radio: HTMLInputElement;
  readonly label: HTMLElement;
}

function option({ name }: Setting, onChoose: () => void): Option {
  const radio = element("input", { type: "radio", name });
  radio.addEventListener("change", onChoose);
  const label = element("span");
  return { element: element("label", { class: "choice" }, radio, label), radio, label };
}

function elementOf(made: Option): HTMLElement {
  return made.element;
}

/** Writing what is there already would move the cursor. */
function show(field: HTMLInputElement, text: string): void {
  if (field.value !== text) {
    field.value = text;
  }
}
