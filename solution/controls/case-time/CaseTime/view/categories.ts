import type { Category } from "../core/gateway";

/** The keys of the categories' names, in the order of their numbers. */
export const CATEGORY_KEYS: Readonly<Record<Category, string>> = {
  0: "Category_Research",
  1: "Category_Collaboration",
  2: "Category_ExternalTool",
  3: "Category_Miscellaneous",
};

export const CATEGORIES: readonly Category[] = [0, 1, 2, 3];
