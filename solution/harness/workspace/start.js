/** Puts the page together: who and where, the platform, the control, and the app around it. */

import { Cases } from "./cases.js";
import { whoAmI } from "./dataverse.js";
import { element } from "./dom.js";
import { Environment } from "./host/control.js";
import { LCIDS, resourcesFor } from "./host/resources.js";
import { loadControl } from "./host/scripts.js";
import { offerGlobals } from "./host/xrm.js";
import { APPS, optionsOf } from "./options.js";
import { Panel } from "./panel/panel.js";
import { Admin } from "./shell/admin.js";
import { Hub } from "./shell/hub.js";
import { Sessions } from "./shell/sessions.js";
import { topBar } from "./shell/top_bar.js";
import { Workspace } from "./shell/workspace.js";

const TENANT = "5f1c2d0e-7a43-4c7b-9a55-0d4a1e6f8b21";
const RIGHT_TO_LEFT = new Set(["ar"]);

async function start() {
  const options = optionsOf(location.href);
  signIn(options);
  setTheme(options.dark);
  document.title = new Map(APPS).get(options.app);
  document.documentElement.dir = RIGHT_TO_LEFT.has(options.language) ? "rtl" : "ltr";
  await (options.app === "admin" ? startAdmin(options) : startService(options));
  document.body.dataset.ready = "";
}

function startAdmin(options) {
  const app = new Admin(options);
  document.body.replaceChildren(topBar(options, { setDark: setTheme }), app.element);
  app.start();
}

async function startService(options) {
  const sessions = new Sessions();
  offerGlobals({ app: options.app, sessions, ways: options.ways });
  const cases = new Cases();
  const environment = await environmentFor(options);
  await cases.read();

  const services = { cases, environment };
  const app = options.app === "hub" ? new Hub(services) : new Workspace(sessions, services);
  const panel = new Panel(environment.me.userId);
  const bar = topBar(options, {
    setDark: (dark) => {
      setTheme(dark);
      environment.setDark(dark);
    },
    togglePanel: () => {
      panel.show(!panel.isShown);
      return panel.isShown;
    },
  });
  document.body.replaceChildren(bar, app.element, panel.element);
  panel.show(options.panel);
  app.start();
  if (cases.find(options.caseId) !== undefined) {
    app.openCase(options.caseId);
  }
}

/** The cookie stands for the form's session; the stand-in for the sign-in looks at the document. */
function signIn({ user }) {
  document.cookie = `cht_user=${user}; path=/; SameSite=Strict`;
  document.documentElement.dataset.user = user;
}

function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

async function environmentFor({ language, dark }) {
  const lcid = LCIDS[language];
  const stack = await (await fetch("/stack.json")).json();
  const [me, resources, controlClass] = await Promise.all([
    whoAmI(),
    resourcesFor(lcid),
    // Without a built control the forms say so where it would be.
    loadControl().catch(() => undefined),
  ]);
  return new Environment({
    controlClass,
    api: stack.api,
    me,
    tenantId: TENANT,
    lcid,
    resources,
    dark,
  });
}

try {
  await start();
} catch (error) {
  const text = `The workspace cannot start: ${error.message}`;
  document.body.replaceChildren(element("p", { class: "problem", role: "alert" }, text));
}
