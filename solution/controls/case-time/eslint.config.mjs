import eslint from "@eslint/js";
import powerApps from "@microsoft/eslint-plugin-power-apps";
import globals from "globals";
import tseslint from "typescript-eslint";

/** What only the shells may touch: the core is told, the view asks. */
const browserGlobals = [
  "window",
  "document",
  "navigator",
  "location",
  "fetch",
  "indexedDB",
  "localStorage",
  "performance",
  "setInterval",
  "setTimeout",
  "Date",
  "crypto",
];

export default tseslint.config(
  { ignores: ["**/generated/**", "out/**", "node_modules/**"] },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { globals: { ...globals.browser, ComponentFramework: true } },
    rules: {
      "@typescript-eslint/explicit-function-return-type": ["error", { allowExpressions: true }],
      "@typescript-eslint/explicit-member-accessibility": "error",
    },
  },
  {
    // What is shipped: the rules by which the platform's own checker looks at it, before an import too
    // where an environment asks for that.
    ...powerApps.configs.paCheckerHosted,
    files: ["CaseTime", "pages", "rows", "signin"].flatMap((folder) =>
      ["ts", "tsx"].map((ending) => `${folder}/**/*.${ending}`),
    ),
    plugins: { "@microsoft/power-apps": powerApps },
    linterOptions: { reportUnusedDisableDirectives: "error" },
  },
  {
    files: ["CaseTime/core/**", "pages/core/**"],
    languageOptions: { globals: {} },
    rules: {
      "no-restricted-globals": ["error", ...browserGlobals.filter((each) => each !== "Date")],
    },
  },
  {
    files: ["CaseTime/view/**"],
    rules: {
      "no-restricted-globals": ["error", ...browserGlobals.filter((each) => each !== "Date")],
    },
  },
  { files: ["test/**"], rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
  { files: ["**/*.mjs"], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
);
