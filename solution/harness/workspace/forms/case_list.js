/** The lists of cases, active ones first. */

import { button, element } from "../dom.js";
import { ACTIVE, STATES } from "../cases.js";
import { icon } from "../shell/icons.js";

const HEADINGS = ["Case title", "Number", "Customer", "Owner", "Created on", "Status"];
const DAY = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

export function caseList({ cases, navigator }) {
  const tables = element("div", { class: "tables" });
  const draw = () => {
    const active = cases.all.filter((each) => each.state === ACTIVE);
    const closed = cases.all.filter((each) => each.state !== ACTIVE);
    tables.replaceChildren(
      tableOf("Active cases", active, navigator),
      tableOf("Resolved and cancelled cases", closed, navigator),
    );
  };
  const make = button(icon("plus"), () => navigator.openNewCase(), { class: "primary" });
  make.append("New case");
  const page = element(
    "div",
    { class: "list-page" },
    element("div", { class: "list-head" }, element("h1", {}, "Cases"), make),
    tables,
  );
  cases.addEventListener("change", draw);
  draw();
  return { element: page, close: () => cases.removeEventListener("change", draw) };
}

function tableOf(caption, cases, navigator) {
  const titles = HEADINGS.map((each) => element("th", { scope: "col" }, each));
  const rows = cases.map((each) => rowOf(each, navigator));
  return element(
    "table",
    { class: "card cases" },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...titles)),
    element("tbody", {}, ...rows),
  );
}

function rowOf({ id, title, number, customer, owner, createdAt, state }, navigator) {
  const link = linkTo(`?case=${id}`, title, () => navigator.openCase(id));
  const status = element("span", { class: `badge state-${state}` }, STATES[state]);
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, link),
    ...[number, customer, owner, DAY.format(new Date(createdAt))].map((text, column) =>
      element("td", { "data-label": HEADINGS[column + 1] }, text),
    ),
    element("td", { "data-label": HEADINGS[5] }, status),
  );
}

/** Return a link that acts on this page; with a modifier key the browser does what it would. */
export function linkTo(href, text, act) {
  const onclick = (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      act();
    }
  };
  return element("a", { href, onclick }, text);
}
