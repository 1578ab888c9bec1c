/** The globals a model-driven app offers: `Xrm`, and in a multi-session app three ways to ask about
 *  sessions. The vendor's own controls use `Microsoft.AppRuntime.Sessions` and `Xrm.App.sessions`, which
 *  have one shape; `Microsoft.Apm` is the documented way. */

const APP_NAMES = { workspace: "msdyn_CustomerServiceWorkspace", hub: "msdynce_hubapp" };

/** `ways` names those that are offered: `runtime`, `xrm` and `apm`. */
export function offerGlobals({ app, sessions, ways }) {
  window.Xrm = {
    Utility: {
      getGlobalContext: () => ({
        getClientUrl: () => location.origin,
        getCurrentAppProperties: async () => ({ uniqueName: APP_NAMES[app] }),
      }),
    },
  };
  if (app === "hub") {
    return;
  }
  window.Microsoft = {};
  if (ways.includes("apm")) {
    window.Microsoft.Apm = apmOf(sessions);
  }
  if (ways.includes("runtime")) {
    window.Microsoft.AppRuntime = { Sessions: appSessionsOf(sessions) };
  }
  if (ways.includes("xrm")) {
    window.Xrm.App = { sessions: appSessionsOf(sessions) };
  }
}

/** The first-party calls. Each kind of event has its pair of `addOn…` and `removeOn…`. */
function appSessionsOf(sessions) {
  const handlers = new Map();
  let count = 0;
  const pair = (name, event) => ({
    [`addOn${name}`]: (handler) => {
      const id = `handler-${(count += 1)}`;
      const listener = ({ detail }) => handler({ getEventArgs: () => detail });
      handlers.set(id, listener);
      sessions.addEventListener(event, listener);
      return id;
    },
    [`removeOn${name}`]: (id) => {
      sessions.removeEventListener(event, handlers.get(id));
      handlers.delete(id);
    },
  });
  return {
    getFocusedSession: () => sessionApi(sessions.focused),
    getSession: (id) => sessionApi(sessions.find(id)),
    getAll: () => sessions.all.map(sessionApi),
    ...pair("AfterSessionSwitch", "sessionswitch"),
    ...pair("AfterSessionCreate", "sessioncreate"),
    ...pair("AfterSessionClose", "sessionclose"),
    ...pair("AfterTabSwitch", "tabswitch"),
  };
}

/** The documented calls. Each page names its topics anew, so that a window hears only itself. */
function apmOf(sessions) {
  const page = crypto.randomUUID();
  const topicOf = (name) => `apm.${page}.${name}`;
  const publish = (event, name) => {
    const channel = new BroadcastChannel(topicOf(name));
    sessions.addEventListener(event, ({ detail }) => channel.postMessage(detail));
  };
  publish("sessionswitch", "ON_SESSION_SWITCH");
  publish("sessioncreate", "ON_SESSION_CREATED");
  publish("sessionclose", "ON_SESSION_CLOSED");
  return {
    getFocusedSession: () => sessionApi(sessions.focused),
    getFocusedTab: () => tabApi(sessions.focused.focusedTab),
    getSession: (id) => sessionApi(sessions.find(id)),
    getAllSessions: () => sessions.all.map((session) => session.id),
    getEventPublisherTopic: topicOf,
  };
}

function sessionApi(session) {
  return (
    session && {
      sessionId: session.id,
      title: session.title,
      isDefault: session.isDefault,
      canClose: session.canClose,
      tabs: {
        getAll: () => session.tabs.map(tabApi),
        getTab: (id) => tabApi(session.tabs.find((tab) => tab.id === id)),
        getFocusedTab: () => tabApi(session.focusedTab),
      },
    }
  );
}

function tabApi(tab) {
  return (
    tab && {
      tabId: tab.id,
      title: tab.title,
      canClose: tab.canClose,
      currentUrl: tab.url,
      getParentSessionId: () => tab.sessionId,
    }
  );
}
