/** The single-session app: one page at a time; going elsewhere ends the one that was there. */

import { button, element } from "../dom.js";
import { STATES } from "../cases.js";
import { CaseForm } from "../forms/case_form.js";
import { caseList } from "../forms/case_list.js";
import { articlePage } from "../forms/knowledge.js";
import { icon } from "./icons.js";

export class Hub {
  element;
  #services;
  #place = element("div", { class: "pages" });
  #areas;
  #page;

  constructor(services) {
    this.#services = { ...services, navigator: this };
    this.#areas = [
      this.#area("list", "Cases", () => caseList(this.#services)),
      this.#area("dashboard", "Dashboard", () => dashboard(this.#services)),
    ];
    const nav = element("nav", { class: "rail", "aria-label": "Areas" }, ...this.#areas);
    this.element = element(
      "div",
      { class: "workspace" },
      nav,
      element("main", { class: "content" }, this.#place),
    );
  }

  start() {
    this.#go(caseList(this.#services), this.#areas[0]);
  }

  openCase(id) {
    this.#go(new CaseForm(this.#services, id), this.#areas[0]);
  }

  openRelatedCase(id) {
    this.openCase(id);
  }

  openArticle(article) {
    this.#go(articlePage(article));
  }

  openNewCase() {
    this.#go(new CaseForm(this.#services, ""), this.#areas[0]);
  }

  saved() {
    // The form shows the title itself; there is no tab to rename.
  }

  #area(picture, label, page) {
    const area = element("div", { class: "rail-entry" });
    const made = button("", () => this.#go(page(), area), { title: label });
    made.append(icon(picture), element("span", { class: "rail-label" }, label));
    area.append(made);
    return area;
  }

  #go(page, area) {
    this.#page?.close();
    this.#page = page;
    this.#place.replaceChildren(element("div", { class: "page" }, page.element));
    page.shown?.();
    for (const each of this.#areas) {
      each.firstChild.setAttribute("aria-current", String(each === area));
    }
  }
}

function dashboard({ cases }) {
  const figures = STATES.map((label, state) => {
    const count = cases.all.filter((each) => each.state === state).length;
    return element(
      "div",
      { class: "card figure" },
      element("strong", {}, String(count)),
      element("span", {}, `${label} cases`),
    );
  });
  const page = element(
    "div",
    { class: "list-page" },
    element("h1", {}, "Dashboard"),
    element("div", { class: "figures" }, ...figures),
  );
  return { element: page, close: () => {} };
}
