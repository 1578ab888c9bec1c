/** The two dialogs. They ask; what becomes of the answer is the page's business. */

import { at, complain } from "./document.js";
import { CATEGORIES } from "./history.js";

let log = null;

/** Wire the forms. A save gets where to complain and the values, and tells if it worked. */
export function prepareForms({ saveLog, saveCorrection }) {
  const categories = CATEGORIES.map((name, number) => new Option(name, number));
  at("log-form").elements.category.append(...categories);
  at("log-form").addEventListener("submit", (event) => save(event, saveLog, logOf));
  at("correct-form").addEventListener("submit", (event) => save(event, saveCorrection, correctionOf));
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
}

/** Ask for a time log: a new one, or the changes to a given one. */
export function openLog(given) {
  log = given ?? { id: crypto.randomUUID(), isNew: true };
  const { minutes, category, note, loggedOn } = at("log-form").elements;
  at("log-title").textContent = given ? "Edit time log" : "Add time log";
  minutes.value = given?.minutes ?? 15;
  category.value = given?.category ?? 0;
  note.value = given?.note ?? "";
  loggedOn.value = given?.loggedOn ?? new Date().toISOString().slice(0, 10);
  open(at("log-form"));
}

export function openCorrection(currentSeconds) {
  const { hours, minutes, seconds, reason } = at("correct-form").elements;
  hours.value = Math.floor(currentSeconds / 3600);
  minutes.value = Math.floor(currentSeconds / 60) % 60;
  seconds.value = currentSeconds % 60;
  reason.value = "";
  open(at("correct-form"));
}

function open(form) {
  complain(form.querySelector(".problem"), null);
  form.closest("dialog").showModal();
}

async function save(event, how, valuesOf) {
  event.preventDefault();
  const form = event.target;
  if (await how(form.querySelector(".problem"), valuesOf(form.elements))) {
    form.closest("dialog").close();
  }
}

function logOf({ minutes, category, note, loggedOn }) {
  return {
    id: log.id,
    isNew: log.isNew ?? false,
    minutes: Number(minutes.value),
    category: Number(category.value),
    note: note.value,
    loggedOn: loggedOn.value,
  };
}

function correctionOf({ hours, minutes, seconds, reason }) {
  const durationSeconds = hours.value * 3600 + minutes.value * 60 + Number(seconds.value);
  return { durationSeconds, reason: reason.value };
}
