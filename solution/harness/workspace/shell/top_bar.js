/** The bar on top: which app, who, in which language and theme, and the looking glass. */

import { button, element, select } from "../dom.js";
import { addressOfApp, addressWith, APPS, LANGUAGES, PEOPLE } from "../options.js";
import { icon } from "./icons.js";

/** Person, app and language are part of the address, so choosing one loads the page anew. Without
 *  `togglePanel` there is no panel. */
export function topBar(options, { setDark, togglePanel }) {
  const reload = (name) => (value) => location.assign(addressWith({ [name]: value }));
  const open = (app) => location.assign(addressOfApp(app, options));
  const dark = element("button", {
    type: "button",
    role: "switch",
    class: "switch",
    "aria-checked": String(options.dark),
    onclick: () => {
      const now = dark.getAttribute("aria-checked") !== "true";
      dark.setAttribute("aria-checked", String(now));
      setDark(now);
    },
  });
  dark.append(element("span", { class: "knob", "aria-hidden": "true" }), "Dark theme");
  const recorded = togglePanel && panelButton(options.panel, togglePanel);
  const second = element("a", { href: location.href, target: "_blank" });
  second.append(icon("window"), "Open a second window");
  const brand = element("img", { src: "icon.svg", alt: "" });
  return element(
    "header",
    { class: "top-bar" },
    element("span", { class: "brand" }, brand, "Customer Service"),
    labelled("App", select("App", APPS, options.app, open)),
    element("span", { class: "spring" }),
    recorded,
    second,
    dark,
    labelled("Language", select("Language", LANGUAGES, options.language, reload("lang"))),
    labelled("Signed in as", select("Signed in as", PEOPLE, options.user, reload("user"))),
  );
}

function panelButton(isShown, togglePanel) {
  const made = button("", () => show(togglePanel()), { "aria-controls": "recorded" });
  made.append(icon("recorded"), "What is recorded");
  const show = (shown) => made.setAttribute("aria-expanded", String(shown));
  show(isShown);
  return made;
}

function labelled(text, control) {
  const label = element("span", { class: "choice-label", "aria-hidden": "true" }, text);
  return element("span", { class: "choice" }, label, control);
}
