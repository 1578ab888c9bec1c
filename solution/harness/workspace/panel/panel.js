/** The demo's looking glass: what lies in Dataverse, beside what the widget shows. */

import { button, element, select } from "../dom.js";
import { recordedView } from "./recorded_view.js";

const EVERY_MS = 2000;
const ZOOMS = [
  ["", "The whole day"],
  ["3600", "The last hour"],
  ["600", "The last 10 minutes"],
  ["60", "The last minute"],
];

export class Panel {
  #view = element("div", { class: "recorded-view" });
  #note = element("p", { class: "meta" });
  #first;
  #zoom = "";
  #recorded;
  #drawn = "";

  /** `first` is the id of the representative whose time comes first. */
  constructor(first) {
    this.#first = first;
    const zoom = select("Zoom", ZOOMS, this.#zoom, (chosen) => {
      this.#zoom = chosen;
      this.#draw();
    });
    this.element = element(
      "section",
      { id: "recorded", class: "panel", dir: "ltr", "aria-label": "What is recorded" },
      element(
        "div",
        { class: "panel-head" },
        element("h2", {}, "What is recorded"),
        this.#note,
        element("span", { class: "spring" }),
        zoom,
        button("Look again", () => this.look()),
      ),
      this.#view,
    );
    new ResizeObserver(() => this.#draw()).observe(this.#view);
    setInterval(() => this.#lookIfSeen(), EVERY_MS);
  }

  get isShown() {
    return !this.element.hidden;
  }

  show(shown) {
    this.element.hidden = !shown;
    this.#lookIfSeen();
  }

  async look() {
    const day = new Date().toISOString().slice(0, 10);
    try {
      const answer = await fetch(`/recorded?day=${day}`);
      const content = await answer.json();
      if (!answer.ok) {
        throw new Error(content.detail);
      }
      this.#recorded = content;
      this.#note.textContent = `${day}, times in UTC`;
      this.#draw();
    } catch (error) {
      this.#note.textContent = `Cannot look: ${error.message}`;
    }
  }

  #lookIfSeen() {
    if (this.isShown && !document.hidden) {
      this.look();
    }
  }

  /** Draw what was seen last, unless it is there already: a table that one reads stays in place. */
  #draw() {
    const width = this.#view.clientWidth;
    const drawn = JSON.stringify([this.#recorded, width, this.#zoom]);
    if (this.#recorded === undefined || width === 0 || drawn === this.#drawn) {
      return;
    }
    this.#drawn = drawn;
    if (this.#recorded.segments.length === 0) {
      const text =
        "Nothing is recorded today. Open a case and watch: its time arrives here when you leave" +
        " the case, choose Refresh, or an update interval ends.";
      this.#view.replaceChildren(element("p", { class: "hint" }, text));
      return;
    }
    const last = Math.max(...this.#recorded.segments.map((each) => Date.parse(each.endedAt)));
    const since = this.#zoom === "" ? undefined : last / 1000 - Number(this.#zoom);
    const picture = width >= 1100 ? width * 0.56 : width;
    const elements = recordedView(this.#recorded, {
      first: this.#first,
      width: Math.floor(picture),
      since,
    });
    this.#view.replaceChildren(...elements);
  }
}
