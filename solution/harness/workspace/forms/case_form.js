/** The form of one case, new or saved, with the control in it. */

import { element } from "../dom.js";
import { ACTIVE, STATES } from "../cases.js";
import { icon } from "../shell/icons.js";
import { commandBar } from "./commands.js";
import { askForResolution, showQueueItem } from "./dialogs.js";
import { detailsSection, knowledgeSection, newCaseSection, relatedPane } from "./sections.js";

const FORMS = [
  ["full", "Case with handling time"],
  ["compact", "Case with handling time, compact"],
  ["plain", "Case without handling time"],
];
/** The columns of each form, and the sections in them. */
const LAYOUTS = {
  full: [
    ["details", "knowledge"],
    ["control", "related"],
  ],
  compact: [["control", "details", "related"]],
  plain: [["details", "knowledge"], ["related"]],
};

export class CaseForm {
  element = element("article", { class: "case-form" });
  #services;
  #id;
  #form = FORMS[0][0];
  #title = element("input", { type: "text", required: true, maxlength: "200" });
  #description = element("textarea", { rows: "4", maxlength: "2000" });
  #head = element("div", { class: "form-head" });
  #notice = element("p", { class: "notice", role: "status", hidden: true });
  #body = element("div", { class: "form-body" });
  #sections = {};
  #place;
  #control;
  #caseChanged = () => this.#refresh();

  /** `id` is empty for a new case. */
  constructor(services, id) {
    this.#services = services;
    this.#id = id;
    this.#description.value = this.#shown?.description ?? "";
    this.element.append(this.#head, this.#notice, this.#body);
    services.cases.addEventListener("change", this.#caseChanged);
    this.#layOut();
    this.#drawHead();
    this.#sayIfReadOnly();
  }

  /** The form stands in the document: its control can begin. */
  shown() {
    this.#mountControl();
  }

  close() {
    this.#services.cases.removeEventListener("change", this.#caseChanged);
    this.#endControl();
  }

  get #shown() {
    return this.#id === "" ? undefined : this.#services.cases.find(this.#id);
  }

  /** What the form tells its control of the case. */
  get #record() {
    const { title = "", number = null } = this.#shown ?? {};
    return { id: this.#id, title, number, readOnly: this.#isReadOnly };
  }

  get #isReadOnly() {
    return this.#shown !== undefined && this.#shown.state !== ACTIVE;
  }

  #drawHead() {
    const shown = this.#shown;
    const subtitle = shown ? ["Case", shown.number, shown.customer] : ["Case", "not saved yet"];
    const commands = commandBar(shown, {
      form: this.#form,
      forms: FORMS,
      chooseForm: (form) => this.#chooseForm(form),
      act: {
        save: () => this.#trying(() => this.#save()),
        refresh: () => this.#trying(() => this.#readAgain()),
        resolve: () => askForResolution((text) => this.#services.cases.resolve(this.#id, text)),
        cancel: () => this.#trying(() => this.#services.cases.cancel(this.#id)),
        reactivate: () => this.#trying(() => this.#services.cases.reactivate(this.#id)),
        showQueueItem: () => showQueueItem(this.#shown),
      },
    });
    const words = element(
      "div",
      {},
      element("h1", {}, shown?.title ?? "New case"),
      element("p", { class: "meta" }, subtitle.join(" · ")),
    );
    const headline = element("div", { class: "headline" }, tile(), words, shown && badge(shown));
    this.#head.replaceChildren(headline, commands);
  }

  #layOut() {
    this.#place = element("div", { class: "control-host" });
    this.#sections = {
      details: this.#details(),
      knowledge: knowledgeSection(),
      control: this.#place,
      related: relatedPane(this.#id, this.#services),
    };
    const columns = LAYOUTS[this.#form].map((names) =>
      element("div", { class: "column" }, ...names.map((name) => this.#sections[name])),
    );
    this.#body.dataset.form = this.#form;
    this.#body.replaceChildren(...columns);
  }

  /** Show the case as it is now, without touching what lives on in the form. */
  #refresh() {
    for (const [name, section] of [
      ["details", this.#details()],
      ["related", relatedPane(this.#id, this.#services)],
    ]) {
      this.#sections[name].replaceWith(section);
      this.#sections[name] = section;
    }
    this.#drawHead();
    this.#sayIfReadOnly();
    this.#control?.update(this.#record);
  }

  #details() {
    const shown = this.#shown;
    if (shown === undefined) {
      return newCaseSection(this.#title);
    }
    this.#description.readOnly = this.#isReadOnly;
    return detailsSection(shown, this.#description);
  }

  #chooseForm(form) {
    this.#form = form;
    this.#endControl();
    this.#layOut();
    this.#mountControl();
  }

  #mountControl() {
    const { environment } = this.#services;
    if (!LAYOUTS[this.#form].flat().includes("control")) {
      return;
    }
    if (!environment.canHostControls) {
      this.#place.replaceChildren(notBuilt());
      return;
    }
    this.#control = environment.mount(this.#place, this.#record);
  }

  #endControl() {
    this.#control?.destroy();
    this.#control = undefined;
  }

  async #save() {
    if (this.#id !== "") {
      await this.#services.cases.describe(this.#id, this.#description.value);
    } else if (this.#title.reportValidity()) {
      const title = this.#title.value;
      this.#id = await this.#services.cases.create(title);
      this.#services.navigator.saved(this, { id: this.#id, title });
      this.#refresh();
    } else {
      return;
    }
    this.#say("Saved", "status");
  }

  /** Show what others did to the case meanwhile: a form does not hear of it by itself. */
  async #readAgain() {
    await this.#services.cases.read();
    this.#refresh();
  }

  async #trying(act) {
    this.#notice.hidden = true;
    try {
      await act();
    } catch (error) {
      this.#say(error.message, "alert");
    }
  }

  #sayIfReadOnly() {
    this.#notice.hidden = true;
    if (this.#isReadOnly) {
      this.#say(`Read-only: this case is ${STATES[this.#shown.state].toLowerCase()}.`, "status");
    }
  }

  #say(text, role) {
    this.#notice.setAttribute("role", role);
    this.#notice.classList.toggle("problem", role === "alert");
    this.#notice.textContent = text;
    this.#notice.hidden = false;
  }
}

function badge({ state }) {
  return element("span", { class: `badge state-${state}` }, STATES[state]);
}

function tile() {
  return element("span", { class: "tile", "aria-hidden": "true" }, icon("case"));
}

function notBuilt() {
  return element(
    "p",
    { class: "problem" },
    "The control is not built. Run ",
    element("code", {}, "make install"),
    " and reload this page.",
  );
}
