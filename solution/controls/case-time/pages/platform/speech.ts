/** The document in the reader's language. */

import { type Language, languageOf } from "../core/language";
import { type Texts, type Words, wordsOf } from "../core/words";

/** Set the document's language and direction; return its words. */
export function speak(
  win: Window,
  texts: Readonly<Record<number, Texts>>,
): { readonly words: Words; readonly language: Language } {
  const language = languageOf(win.location.search, win.navigator.languages);
  const { documentElement } = win.document;
  documentElement.lang = language.tag;
  documentElement.dir = language.isRightToLeft ? "rtl" : "ltr";
  return { language, words: wordsOf(language, texts[language.lcid] ?? {}, texts[1033] ?? {}) };
}
