/** The web resource `cht_/health.html`: administrators see whether everything is in place. */

import { examine } from "./core/health/examine";
import { DataverseSettings } from "./core/settingsStore";
import { crossOriginProbe } from "./platform/probe";
import { sameOriginDataverse } from "./platform/sameOrigin";
import { speak } from "./platform/speech";
import arabic from "./strings/health.1025.json";
import english from "./strings/health.1033.json";
import french from "./strings/health.1036.json";
import german from "./strings/health.1031.json";
import japanese from "./strings/health.1041.json";
import { HealthPage } from "./view/healthPage";

const { words, language } = speak(window, {
  1025: arabic,
  1031: german,
  1033: english,
  1036: french,
  1041: japanese,
});
document.title = words.say("Health_Title");
const dataverse = sameOriginDataverse(window);
const settings = new DataverseSettings(dataverse, language.locale);
const places = { dataverse, settings, probe: crossOriginProbe(window) };
const page = new HealthPage(() => examine(places, words), words);
document.body.append(page.element);
void page.look();
