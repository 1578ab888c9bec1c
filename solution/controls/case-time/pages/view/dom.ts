/** Elements, made in one expression. */

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Return a new element; `false` and `undefined` leave an attribute out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children);
  return made;
}

/** Say something in an element, or hide it when there is nothing to say. */
export function tell(place: HTMLElement, text: string | undefined): void {
  // A screen reader hears what is written, so that the same is not written again.
  if (place.textContent !== (text ?? "")) {
    place.textContent = text ?? "";
  }
  place.hidden = !text;
}

export function button(label: string, onClick: () => void, className = ""): HTMLButtonElement {
  const made = element("button", { type: "button", class: className }, label);
  made.addEventListener("click", onClick);
  return made;
}

/** Tell in what state a button is without taking the keyboard away from it. */
export function enable(target: HTMLButtonElement, isEnabled: boolean): void {
  target.setAttribute("aria-disabled", String(!isEnabled));
}
