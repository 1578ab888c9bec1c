/** Elements, made in one expression. */

/** Return a new element. `on…` attributes are listeners; false and undefined leave one out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  set(made, attributes);
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

function set(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== false && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
}

export function button(label, onclick, attributes = {}) {
  return element("button", { type: "button", onclick, ...attributes }, label);
}

/** Return a select; `choices` are pairs of value and label. */
export function select(label, choices, chosen, onchange) {
  const made = element("select", {
    "aria-label": label,
    autocomplete: "off",
    onchange: () => onchange(made.value),
  });
  made.append(...choices.map(([value, text]) => new Option(text, value, false, value === chosen)));
  return made;
}
