/** Knowledge articles: the search within a case form, and an article as an ordinary page. */

import { element } from "../dom.js";

export const ARTICLES = [
  { number: "KA-01001", title: "How to ask the right questions first" },
  { number: "KA-01002", title: "When to offer a replacement" },
];

export function articlePage({ number, title }) {
  const frame = frameOf(title, `frames/article.html?number=${number}`);
  const page = element(
    "div",
    { class: "article-page" },
    element("h1", {}, title),
    element("p", { class: "meta" }, `Knowledge article ${number} · published`),
    frame,
  );
  return { element: page, close: () => {} };
}

export function knowledgeSearch() {
  return frameOf("Knowledge search", "frames/search.html");
}

function frameOf(title, src) {
  return element("iframe", { title, src, class: "card" });
}
