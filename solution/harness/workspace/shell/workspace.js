/** The multi-session app: the rail of sessions, the app tabs, and the pages behind them. */

import { element } from "../dom.js";
import { CaseForm } from "../forms/case_form.js";
import { caseList } from "../forms/case_list.js";
import { articlePage } from "../forms/knowledge.js";
import { Inbox } from "./inbox.js";
import { sessionRail } from "./session_rail.js";
import { tabStrip } from "./tab_strip.js";

const HOME = "home";
const INBOX = "inbox";

export class Workspace {
  element;
  #sessions;
  #services;
  #pages = element("div", { class: "pages" });

  constructor(sessions, services) {
    this.#sessions = sessions;
    this.#services = { ...services, navigator: this };
    sessions.addEventListener("change", () => this.#showPages());
    const rail = sessionRail(sessions, {
      goHome: () => sessions.focusSession(sessions.all[0]),
      goToInbox: () => this.#openInbox(),
      isInbox: (session) => session.key === INBOX,
    });
    this.element = element(
      "div",
      { class: "workspace" },
      rail,
      element("main", { class: "content" }, tabStrip(sessions), this.#pages),
    );
  }

  start() {
    const page = caseList(this.#services);
    this.#sessions.openSession({
      title: "Home",
      key: HOME,
      page,
      isDefault: true,
      canClose: false,
    });
  }

  /** Open a case in a session of its own, or go to the one it has. */
  openCase(id) {
    const open = this.#sessions.all.find((session) => session.key === id);
    if (open !== undefined) {
      this.#sessions.focusSession(open);
      return;
    }
    const { title } = this.#services.cases.find(id);
    this.#sessions.openSession({ title, key: id, page: new CaseForm(this.#services, id) });
  }

  openRelatedCase(id) {
    const { title } = this.#services.cases.find(id);
    this.#sessions.openTab({ title, key: id, page: () => new CaseForm(this.#services, id) });
  }

  openArticle(article) {
    const { title, number } = article;
    this.#sessions.openTab({ title, key: number, page: () => articlePage(article) });
  }

  openNewCase() {
    const page = new CaseForm(this.#services, "");
    this.#sessions.openSession({ title: "New case", key: "new", page });
  }

  /** A new case has been saved on a form: what shows the form takes the case's name. */
  saved(form, { id, title }) {
    this.#sessions.rename(form, title, id);
  }

  #openInbox() {
    const open = this.#sessions.all.find((session) => session.key === INBOX);
    if (open !== undefined) {
      this.#sessions.focusSession(open);
      return;
    }
    const page = new Inbox(this.#services);
    this.#sessions.openSession({ title: "Inbox", key: INBOX, page, canClose: false });
  }

  /** Hide what is not in front, as the platform does: it stays alive in the document. */
  #showPages() {
    const kept = new Set();
    for (const session of this.#sessions.all) {
      for (const tab of session.tabs) {
        const panel = document.getElementById(`panel-${tab.id}`) ?? this.#addPanel(tab);
        panel.hidden = session !== this.#sessions.focused || tab !== session.focusedTab;
        kept.add(panel);
      }
    }
    for (const panel of [...this.#pages.children].filter((each) => !kept.has(each))) {
      panel.remove();
    }
  }

  #addPanel(tab) {
    const panel = element(
      "div",
      { id: `panel-${tab.id}`, class: "page", role: "tabpanel", "aria-labelledby": tab.id },
      tab.page.element,
    );
    this.#pages.append(panel);
    tab.page.shown?.();
    return panel;
  }
}
