/** The sections a case form is laid out with. */

import { element } from "../dom.js";
import { STATES } from "../cases.js";
import { linkTo } from "./case_list.js";
import { ARTICLES, knowledgeSearch } from "./knowledge.js";

const MOMENT = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

export function section(heading, ...content) {
  return element("section", { class: "card" }, element("h2", {}, heading), ...content);
}

/** Return the fields of a new case: only what must be there. */
export function newCaseSection(title) {
  return section("Case details", element("label", {}, "Title", title));
}

export function detailsSection(shown, description) {
  const facts = [
    ["Case number", shown.number],
    ["Customer", shown.customer],
    ["Owner", shown.owner],
    ["Status", STATES[shown.state]],
    ["Created on", MOMENT.format(new Date(shown.createdAt))],
  ];
  const list = facts.flatMap(([term, value]) => [
    element("dt", {}, term),
    element("dd", {}, value),
  ]);
  return section(
    "Case details",
    element("dl", { class: "facts" }, ...list),
    element("label", {}, "Description", description),
  );
}

export function knowledgeSection() {
  return section("Knowledge", knowledgeSearch());
}

/** Return the pane with what belongs to the case; articles and cases open in the same session. */
export function relatedPane(id, { cases, navigator }) {
  const toCase = (kind) => (each) =>
    linkTo(`?case=${each.id}`, `${kind}: ${each.title}`, () => navigator.openRelatedCase(each.id));
  const links = [
    ...ARTICLES.map((article) =>
      linkTo("#article", `Knowledge article: ${article.title}`, () =>
        navigator.openArticle(article),
      ),
    ),
    ...cases.childrenOf(id).map(toCase("Child case")),
    ...cases.similarTo(id).map(toCase("Similar case")),
  ];
  const items = links.map((link) => element("li", {}, link));
  const pane = section("Related", element("ul", { class: "related" }, ...items));
  pane.setAttribute("aria-label", "Related");
  return pane;
}
