/** The control's texts in one language, as `context.resources` gives them. */

const ENGLISH = 1033;
export const LCIDS = { en: ENGLISH, de: 1031, fr: 1036, ja: 1041, ar: 1025 };

export async function resourcesFor(lcid) {
  const [chosen, english] = await Promise.all([...new Set([lcid, ENGLISH])].map(textsOf));
  return { getString: (key) => chosen.get(key) ?? english?.get(key) ?? key };
}

async function textsOf(lcid) {
  const answer = await fetch(`/controls/CaseTime/strings/CaseTime.${lcid}.resx`);
  if (!answer.ok) {
    return new Map();
  }
  const file = new DOMParser().parseFromString(await answer.text(), "text/xml");
  return new Map(
    [...file.querySelectorAll("data")].map((data) => [
      data.getAttribute("name"),
      data.querySelector("value")?.textContent ?? "",
    ]),
  );
}
