/** The three lists of a case's history, as elements. */

export const CATEGORIES = ["Research", "Collaboration", "External tool", "Miscellaneous"];

/** Return whole seconds as ``1:02:03``. */
export function clock(seconds) {
  const part = (value) => String(value).padStart(2, "0");
  const sign = seconds < 0 ? "−" : "";
  const whole = Math.abs(seconds);
  return `${sign}${Math.floor(whole / 3600)}:${part(Math.floor(whole / 60) % 60)}:${part(whole % 60)}`;
}

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const minutes = (count) => (count === null ? "–" : `${count} min`);
const moment = (text) => new Date(text).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });

function entry(title, figure, meta, ...more) {
  return element(
    "li",
    {},
    element("div", { className: "entry" }, element("span", {}, title), element("strong", {}, figure)),
    element("div", { className: "meta" }, meta),
    ...more,
  );
}

function automaticTime(item) {
  const corrections = (item.adjustments ?? []).map((each) =>
    element("div", { className: "meta" }, `${clock(each.deltaSeconds ?? 0)} · ${each.reason ?? ""}`),
  );
  const updated = item.updatedAt ? `Updated ${moment(item.updatedAt)}` : "";
  return entry(item.name, clock(item.seconds), updated, ...corrections);
}

function timeLog(item, actions) {
  const voided = item.status === "voided";
  const button = (label, act) =>
    element("button", { type: "button", className: "small", onclick: () => act(item) }, label);
  const buttons = element("div", { className: "buttons" });
  if (item.mine && voided) {
    buttons.append(button("Restore", actions.restore));
  } else if (item.mine) {
    buttons.append(button("Edit", actions.edit), button("Void", actions.discard));
  }
  const meta = [item.name, item.loggedOn, item.note, voided && "voided"].filter(Boolean).join(" · ");
  const row = entry(CATEGORIES[item.category], minutes(item.minutes), meta, buttons);
  row.classList.toggle("voided", voided);
  return row;
}

function activity(item) {
  const meta = [item.type, item.name, item.at && moment(item.at), item.status];
  return entry(item.subject, minutes(item.minutes), meta.filter(Boolean).join(" · "));
}

const SECTIONS = [
  ["automaticTime", "Automatic time", automaticTime],
  ["timeLogs", "Time logs", timeLog],
  ["activities", "Activities", activity],
];

/** Return the lists; ``more(section, cursor)`` fetches the next page of one. */
export function historyLists(history, actions, more) {
  return SECTIONS.map(([name, title, show]) => {
    const list = element("ul");
    const next = element("button", { type: "button", className: "small" }, "Show more");
    const add = ({ items, nextCursor }) => {
      list.append(...items.map((item) => show(item, actions)));
      next.hidden = !nextCursor;
      next.onclick = () => more(name, nextCursor).then(add);
    };
    add(history[name]);
    const empty = element("p", { className: "meta", hidden: list.children.length > 0 }, "Nothing yet.");
    return element("section", {}, element("h3", {}, title), empty, list, next);
  });
}
