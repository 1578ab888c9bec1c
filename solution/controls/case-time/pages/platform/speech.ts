/** The document in the reader's language. */

import { ENGLISH, type Language, languageOf } from "../core/language";
import { type Texts, type Words, wordsOf } from "../core/words";
import solution from "../model/solution.json";

type ByLanguage = Readonly<Record<number, Texts>>;

const NAMES: ByLanguage = solution.texts;

/** Set the document's language and direction; return its words: the page's own, and what settings and
 *  tables are called. */
export function speak(
  win: Window,
  texts: ByLanguage,
): { readonly words: Words; readonly language: Language } {
  const language = languageOf(win.location.search, win.navigator.languages);
  const { documentElement } = win.document;
  documentElement.lang = language.tag;
  documentElement.dir = language.isRightToLeft ? "rtl" : "ltr";
  const inLanguage = (lcid: number): Texts => ({ ...NAMES[lcid], ...texts[lcid] });
  return { language, words: wordsOf(language, inLanguage(language.lcid), inLanguage(ENGLISH)) };
}
