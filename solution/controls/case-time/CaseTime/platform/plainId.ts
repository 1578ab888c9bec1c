/** Ids come with or without braces, in either case; undefined for none. */
export function plainId(id: string | undefined): string | undefined {
  const plain = (id ?? "").replace(/[{}]/g, "").toLowerCase();
  return plain === "" ? undefined : plain;
}
