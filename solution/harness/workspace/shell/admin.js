/** The admin app: areas on the left, and in a frame the web resource of the one that is chosen. */

import { button, element } from "../dom.js";
import { LCIDS } from "../host/resources.js";
import { icon } from "./icons.js";

const AREAS = [
  ["settings", "Settings", "settings.html"],
  ["health", "Health", "health.html"],
];
const RESOURCES = "/WebResources/cht_/";
const ENGLISH = LCIDS.en;

export class Admin {
  element;
  #frame = element("iframe", { class: "resource" });
  #entries;
  #language;

  constructor({ language }) {
    this.#language = LCIDS[language];
    this.#entries = AREAS.map(([picture, label, file]) => {
      const entry = element("div", { class: "rail-entry" });
      const made = button("", () => this.#go(label, file, made), { title: label });
      made.append(icon(picture), element("span", { class: "rail-label" }, label));
      entry.append(made);
      return entry;
    });
    this.element = element(
      "div",
      { class: "workspace" },
      element("nav", { class: "rail", "aria-label": "Areas" }, ...this.#entries),
      element("main", { class: "content" }, this.#frame),
    );
  }

  start() {
    this.#entries[0].firstChild.click();
  }

  /** Load a web resource with the parameters that a site map passes on. */
  #go(label, file, chosen) {
    const parameters = { orgname: "office", userlcid: this.#language, orglcid: ENGLISH };
    this.#frame.title = label;
    this.#frame.src = `${RESOURCES}${file}?${new URLSearchParams(parameters)}`;
    for (const { firstChild } of this.#entries) {
      firstChild.setAttribute("aria-current", String(firstChild === chosen));
    }
  }
}
