/** Sessions and their app tabs, without a look. What is not in front lives on until closed. */

/** Events: `change` for views, then, as the platform tells scripts, `sessioncreate`,
 *  `sessionswitch`, `sessionclose` and `tabswitch`, each with ids in its `detail`. */
export class Sessions extends EventTarget {
  #count = 0;
  #sessions = [];
  #focused;

  get all() {
    return this.#sessions;
  }

  get focused() {
    return this.#focused;
  }

  find(id) {
    return this.#sessions.find((session) => session.id === id);
  }

  /** Open a session with its first tab. `key` says what it is about, to find it again. */
  openSession({ title, key, page, isDefault = false, canClose = true }) {
    const session = {
      id: `session-${(this.#count += 1)}`,
      title,
      key,
      isDefault,
      canClose,
      tabs: [],
      focusedTab: undefined,
    };
    this.#sessions.push(session);
    this.#addTab(session, { title, key, page, canClose });
    this.#tell("sessioncreate", { sessionId: session.id });
    this.focusSession(session);
    return session;
  }

  openTab({ title, key, page }) {
    const session = this.#focused;
    const tab = session.tabs.find((each) => each.key === key);
    this.focusTab(tab ?? this.#addTab(session, { title, key, page: page(), canClose: true }));
  }

  focusSession(session) {
    const previous = this.#focused;
    this.#focused = session;
    this.#tell("change", {});
    if (previous !== undefined && previous !== session) {
      this.#tell("sessionswitch", { previousSessionId: previous.id, newSessionId: session.id });
    }
  }

  focusTab(tab) {
    const session = this.find(tab.sessionId);
    const previous = session.focusedTab;
    session.focusedTab = tab;
    this.#tell("change", {});
    if (previous !== tab) {
      this.#tell("tabswitch", { previousTabId: previous?.id, newTabId: tab.id });
    }
  }

  /** Close a tab; the last one takes its session along. */
  closeTab(tab) {
    const session = this.find(tab.sessionId);
    if (session.tabs.length === 1) {
      this.closeSession(session);
      return;
    }
    const place = session.tabs.indexOf(tab);
    session.tabs.splice(place, 1);
    tab.page.close();
    this.focusTab(
      session.focusedTab === tab ? session.tabs[Math.max(0, place - 1)] : session.focusedTab,
    );
  }

  closeSession(session) {
    const place = this.#sessions.indexOf(session);
    this.#sessions.splice(place, 1);
    for (const tab of session.tabs) {
      tab.page.close();
    }
    this.focusSession(session === this.#focused ? this.#sessions[place - 1] : this.#focused);
    this.#tell("sessionclose", { sessionId: session.id });
  }

  /** Give a page another title: of its tab, and of its session if that is about it. */
  rename(page, title, key) {
    const session = this.#sessions.find((each) => each.tabs.some((tab) => tab.page === page));
    const tab = session.tabs.find((each) => each.page === page);
    for (const each of tab === session.tabs[0] ? [tab, session] : [tab]) {
      Object.assign(each, { title, key });
    }
    this.#tell("change", {});
  }

  #addTab(session, { title, key, page, canClose }) {
    const id = `tab-${(this.#count += 1)}`;
    const tab = { id, sessionId: session.id, title, key, page, canClose, url: `#${key}` };
    session.tabs.push(tab);
    session.focusedTab ??= tab;
    return tab;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
