/** What the page's address asks for. */

export const PEOPLE = [
  ["amira", "Amira"],
  ["ben", "Ben"],
  ["chloe", "Chloe"],
  ["erik", "Erik"],
];
export const APPS = [
  ["workspace", "Customer Service workspace"],
  ["hub", "Customer Service Hub"],
  ["admin", "Administration"],
];
const ADMINISTRATOR = "erik";
/** In which ways an app tells of its sessions: all, unless the address asks for one alone. */
const WAYS = ["runtime", "xrm", "apm"];
export const LANGUAGES = [
  ["en", "English"],
  ["de", "Deutsch"],
  ["fr", "Français"],
  ["ja", "日本語"],
  ["ar", "العربية"],
];

const DARK = "(prefers-color-scheme: dark)";

/** Return the choices in an address; what it does not name, or names wrongly, is the default. */
export function optionsOf(url) {
  const asked = new URL(url).searchParams;
  const oneOf = (name, choices) => {
    const value = asked.get(name);
    return choices.some(([known]) => known === value) ? value : choices[0][0];
  };
  const app = oneOf("app", APPS);
  const theme = asked.get("theme") ?? (matchMedia(DARK).matches ? "dark" : "light");
  return {
    user: app === "admin" && !asked.has("user") ? ADMINISTRATOR : oneOf("user", PEOPLE),
    app,
    language: oneOf("lang", LANGUAGES),
    dark: theme === "dark",
    ways: WAYS.includes(asked.get("sessions")) ? [asked.get("sessions")] : WAYS,
    panel: asked.get("panel") !== "0",
    caseId: asked.get("case"),
  };
}

/** Return the address of an app, for somebody who works with it. */
export function addressOfApp(app, { user }) {
  if (app === "admin") {
    return addressWith({ app, user: ADMINISTRATOR });
  }
  return addressWith({ app, user: user === ADMINISTRATOR ? PEOPLE[0][0] : user });
}

/** Return the page's address with other choices. */
export function addressWith(changes) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    url.searchParams.set(name, value);
  }
  return url.href;
}
