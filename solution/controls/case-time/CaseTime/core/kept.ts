/** Return a function that makes what belongs to some values once, and keeps it: formats of `Intl` are
 *  slow to make. */
export function kept<Values extends readonly unknown[], Made extends object>(
  make: (...values: Values) => Made,
): (...values: Values) => Made {
  const all = new Map<string, Made>();
  return (...values) => {
    const key = JSON.stringify(values);
    const made = all.get(key) ?? make(...values);
    all.set(key, made);
    return made;
  };
}
