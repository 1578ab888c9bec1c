/** Sentences of the widget in the language of the form: placeholders filled, plurals chosen. */

/** `say` fills {0}, {1}… in the text of a key. `known` returns the text of a key that may not exist.
 *  `count` takes the text for `key_one`, `key_few`… that the language uses for `amount`; {0} is the
 *  amount, the values follow. */
export interface Phrases {
  say(key: string, ...values: readonly (string | number)[]): string;
  known(key: string): string | undefined;
  count(key: string, amount: number, ...values: readonly (string | number)[]): string;
}

/** Return the phrases of a locale; `text` returns the key itself when it does not know it. */
export function phrasesOf(text: (key: string) => string, locale: string): Phrases {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const shown = (value: string | number): string =>
    typeof value === "number" ? numbers.format(value) : value;
  const filled = (template: string, values: readonly (string | number)[]): string =>
    template.replace(/\{(\d)\}/g, (placeholder, index: string) => {
      const value = values[Number(index)];
      return value === undefined ? placeholder : shown(value);
    });
  return {
    say: (key, ...values) => filled(text(key), values),
    known: (key) => {
      const found = text(key);
      return found === key ? undefined : found;
    },
    count: (key, amount, ...values) => {
      const form = `${key}_${plurals.select(amount)}`;
      const found = text(form);
      return filled(found === form ? text(`${key}_other`) : found, [amount, ...values]);
    },
  };
}
