/** The web resource `cht_/settings.html`: administrators see and set what the product does. */

import { DataverseSettings } from "./core/settingsStore";
import { sameOriginDataverse } from "./platform/sameOrigin";
import { speak } from "./platform/speech";
import arabic from "./strings/settings.1025.json";
import english from "./strings/settings.1033.json";
import french from "./strings/settings.1036.json";
import german from "./strings/settings.1031.json";
import japanese from "./strings/settings.1041.json";
import { SettingsPage } from "./view/settingsPage";

const { words, language } = speak(window, {
  1025: arabic,
  1031: german,
  1033: english,
  1036: french,
  1041: japanese,
});
document.title = words.say("Page_Title");
const page = new SettingsPage(
  new DataverseSettings(sameOriginDataverse(window), language.locale),
  words,
);
document.body.append(page.element);
window.addEventListener("beforeunload", (event) => {
  if (page.isChanged) {
    event.preventDefault();
  }
});
void page.load();
