/** The plain demo page: wires the browser's focus, the tracker, the API and the elements. */

import { Api, Problem } from "./api.js";
import { at, complain } from "./document.js";
import { openCorrection, openLog, prepareForms } from "./forms.js";
import { clock, element, historyLists } from "./history.js";
import { Tracker } from "./tracker.js";

const FIGURES = [
  ["automaticSeconds", "Automatic", ""],
  ["manualSeconds", "Manual", ""],
  ["timeLogsSeconds", "Time logs", "part"],
  ["activitiesSeconds", "Activities", "part"],
];
const STOPPED = {
  case_resolved: "Not tracking: the case is resolved.",
  case_cancelled: "Not tracking: the case is cancelled.",
  tracking_disabled: "Not tracking: an administrator has switched it off.",
};

const trackers = new Map();
let api;
let person = "";
let caseId = "";
let last = null;
let calls = Promise.resolve();

const tracker = () => trackers.get(person);
const inFocus = () => document.visibilityState === "visible" && document.hasFocus();

/** Tell the API what happened, with everything that waits, one call after the other. */
function report(path, event = {}) {
  const [whose, which] = [person, caseId];
  calls = calls.then(async () => {
    const waiting = trackers.get(whose);
    const body = {
      ...event,
      sentAt: new Date().toISOString(),
      surface: "workspace",
      segments: waiting.waiting(),
    };
    try {
      const answer = await api.call(whose, "POST", `cases/${which}/${path}`, body);
      waiting.settle(answer.receipts);
      if (whose === person && which === caseId) {
        take(answer);
      }
      complain(at("problem"), refusal(answer.receipts));
    } catch (error) {
      complain(at("problem"), error);
    }
    show();
  });
  return calls;
}

/** Why segments were not counted, if any were not; an empty one is no loss. */
function refusal(receipts) {
  const reasons = receipts.map((receipt) => receipt.reason);
  const reason = reasons.find((each) => each && each !== "empty");
  return reason ? new Problem(200, { detail: `Not counted: ${reason.replaceAll("_", " ")}` }) : null;
}

function take(answer) {
  last = answer;
  if (answer.tracking.state === "stopped") {
    tracker().end("stopped", Date.now());
  } else if (inFocus()) {
    tracker().begin(caseId, Date.now());
  }
}

const gained = () => report("focus", { event: "gained" });

function lost(reason) {
  tracker().end(reason, Date.now());
  return report("focus", { event: "lost" });
}

async function refresh() {
  tracker().cut("refresh", Date.now());
  await report("refresh");
  await showHistory();
}

function followFocus() {
  if (!last) {
    return;
  }
  const running = tracker().running;
  if (inFocus() && !running && last.tracking.state === "running") {
    tracker().begin(caseId, Date.now());
    gained();
  } else if (!inFocus() && running) {
    lost(document.visibilityState === "hidden" ? "hidden" : "blur");
  }
  show();
}

function beat() {
  if (!last) {
    return;
  }
  tracker().beat(Date.now());
  const due = Date.parse(last.time.nextUpdateAt ?? "");
  if (tracker().running && Date.now() >= due) {
    last.time.nextUpdateAt = null;
    tracker().cut("interval", Date.now());
    report("refresh");
  }
  show();
}

/** Send what waits while the page goes away; whatever has no receipt by then is lost with it. */
function leave() {
  for (const [whose, each] of trackers) {
    each.end("close", Date.now());
    const segments = each.waiting();
    if (segments.length > 0) {
      const body = { sentAt: new Date().toISOString(), segments };
      api.call(whose, "POST", "segments", body, { keepalive: true }).catch(() => undefined);
    }
  }
}

async function choose() {
  if (last) {
    tracker().end("navigation", Date.now());
    report("focus", { event: "lost" });
  }
  [person, caseId, last] = [at("person").value, at("case").value, null];
  if (!trackers.has(person)) {
    trackers.set(person, new Tracker());
  }
  at("history").replaceChildren();
  show();
  await gained();
  await showHistory();
}

function show() {
  const extra = tracker()?.unsettledSeconds(caseId, Date.now()) ?? 0;
  const time = last?.time;
  const shared = time?.scope === "everyone";
  at("everyone-hero").hidden = !shared;
  document.querySelectorAll(".everyone").forEach((cell) => (cell.hidden = !shared));
  at("everyone-total").textContent = time ? clock(time.totalSeconds + extra) : "–";
  at("mine-total").textContent = time ? clock(time.mine.totalSeconds + extra) : "–";
  at("figures").replaceChildren(
    ...FIGURES.map(([name, label, className]) => {
      const live = name === "automaticSeconds" ? extra : 0;
      const cell = (figures) => (figures ? clock(figures[name] + live) : "–");
      return element(
        "tr",
        { className },
        element("th", { scope: "row" }, label),
        element("td", { className: "everyone", hidden: !shared }, cell(time)),
        element("td", {}, cell(time?.mine)),
      );
    }),
  );
  showState(time);
}

function showState(time) {
  const running = tracker()?.running ?? false;
  const paused = "Paused: this window is not in focus.";
  const stopped = last?.tracking.state === "stopped";
  const why = stopped ? (STOPPED[last.tracking.reason] ?? "Not tracking.") : paused;
  const text = last ? (running ? "Tracking: this case is in focus." : why) : "Loading …";
  if (at("status").textContent !== text) {
    at("status").textContent = text;
  }
  at("dot").classList.toggle("on", running);
  const stale = time?.stale ? " (Dataverse is away; last known time)" : "";
  at("updated").textContent = time
    ? `Last updated ${new Date(time.updatedAt).toLocaleTimeString()}${stale}`
    : "";
  const waiting = tracker()?.waiting().length ?? 0;
  at("waiting").textContent = waiting ? `${waiting} segments wait to be sent` : "";
  at("add-log").disabled = !last?.settings.timeLogsAllowed;
  at("correct").disabled = !last;
}

async function showHistory() {
  const [whose, which] = [person, caseId];
  const path = `cases/${which}/history`;
  try {
    const history = await api.call(whose, "GET", path);
    const more = async (section, cursor) => {
      const query = `section=${section}&cursor=${encodeURIComponent(cursor)}`;
      return (await api.call(whose, "GET", `${path}?${query}`))[section];
    };
    if (whose === person && which === caseId) {
      at("history").replaceChildren(...historyLists(history, logActions, more));
    }
  } catch (error) {
    complain(at("problem"), error);
  }
}

/** Do something to a time log or the automatic time, then show what came of it. */
async function change(where, method, path, body) {
  try {
    await api.call(person, method, `cases/${caseId}/${path}`, body);
    complain(where, null);
  } catch (error) {
    complain(where, error);
    return false;
  }
  await refresh();
  return true;
}

const saveLog = (where, { id, isNew, ...values }) =>
  isNew
    ? change(where, "POST", "time-logs", { id, ...values })
    : change(where, "PATCH", `time-logs/${id}`, values);

/** What ran until now is delivered first, so that the correction is the last word on it. */
async function saveCorrection(where, correction) {
  tracker().cut("correction", Date.now());
  await report("refresh");
  return change(where, "PUT", "automatic-time", correction);
}

const myAutomaticSeconds = () =>
  last.time.mine.automaticSeconds + tracker().unsettledSeconds(caseId, Date.now());

const logActions = {
  edit: openLog,
  discard: (log) => change(at("problem"), "DELETE", `time-logs/${log.id}`),
  restore: (log) => change(at("problem"), "POST", `time-logs/${log.id}/restore`),
};

async function start() {
  api = await Api.connect();
  const [users, cases] = await Promise.all([api.users(), api.cases()]);
  const role = (user) => user.roles[0].replace(/^Case Time |^System /, "").toLowerCase();
  const named = (user) => new Option(`${user.fullName}, ${role(user)}`, user.alias);
  const titled = (each) => new Option(`${each.title} (${each.state})`, each.id);
  at("person").append(...users.map(named));
  at("case").append(...cases.map(titled));
  prepareForms({ saveLog, saveCorrection });

  at("pick").addEventListener("change", choose);
  at("refresh").addEventListener("click", refresh);
  at("add-log").addEventListener("click", () => openLog());
  at("correct").addEventListener("click", () => openCorrection(myAutomaticSeconds()));
  for (const name of ["focus", "blur"]) {
    window.addEventListener(name, followFocus);
  }
  document.addEventListener("visibilitychange", followFocus);
  window.addEventListener("pagehide", leave);
  setInterval(beat, 1000);
  await choose();
}

start().catch((error) => complain(at("problem"), error));
