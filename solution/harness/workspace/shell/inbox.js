/** The inbox: choosing a conversation replaces the case beside it within one page. */

import { button, element } from "../dom.js";
import { ACTIVE } from "../cases.js";
import { CaseForm } from "../forms/case_form.js";

export class Inbox {
  #services;
  #list = element("ul", { class: "conversations", "aria-label": "Conversations" });
  #place = element("div", { class: "inbox-case" });
  #form;
  #chosen;
  #redraw = () => this.#draw();

  constructor(services) {
    this.#services = services;
    this.element = element(
      "div",
      { class: "inbox" },
      element("div", { class: "inbox-list" }, element("h2", {}, "Conversations"), this.#list),
      this.#place,
    );
    this.#place.append(element("p", { class: "hint" }, "Choose a conversation to see its case."));
    services.cases.addEventListener("change", this.#redraw);
    this.#draw();
  }

  close() {
    this.#services.cases.removeEventListener("change", this.#redraw);
    this.#form?.close();
  }

  #draw() {
    const shown = this.#services.cases.all.filter(
      (each) => each.state === ACTIVE || each.id === this.#chosen,
    );
    this.#list.replaceChildren(...shown.map((each) => this.#conversation(each)));
  }

  #conversation({ id, title, customer, number }) {
    const made = button(title, () => this.#choose(id), {
      "aria-current": this.#chosen === id && "true",
      "aria-describedby": `conversation-${id}`,
    });
    const meta = element("span", { id: `conversation-${id}`, class: "meta" });
    meta.textContent = `${customer} · ${number}`;
    return element("li", {}, made, meta);
  }

  #choose(id) {
    if (id === this.#chosen) {
      return;
    }
    const previousEntityId = this.#chosen;
    this.#form?.close();
    this.#chosen = id;
    this.#form = new CaseForm(this.#services, id);
    this.#place.replaceChildren(this.#form.element);
    this.#form.shown();
    this.#draw();
    this.#list.querySelector("[aria-current]").focus();
    const detail = { entityId: id, previousEntityId };
    window.top.dispatchEvent(new CustomEvent("InboxRecordSwitch", { detail }));
  }
}
