// Builds what is no control: the web resources that it loads, and the libraries that the real platform
// brings along, for the simulated workspace.
import { mkdir, copyFile } from "node:fs/promises";
import { build } from "esbuild";

const common = {
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
};
const webResources = "out/webresources/cht_";

await mkdir(webResources, { recursive: true });
await build({ ...common, entryPoints: ["rows/rows.ts"], outfile: `${webResources}/rows.js` });
await build({ ...common, entryPoints: ["signin/signin.ts"], outfile: `${webResources}/signin.js` });
await build({
  ...common,
  entryPoints: ["signin/redirect.ts"],
  outfile: `${webResources}/signin-redirect.js`,
});
await copyFile("signin/redirect.html", `${webResources}/signin-redirect.html`);
for (const page of ["settings", "health"]) {
  await build({
    ...common,
    entryPoints: [`pages/${page}.ts`],
    outfile: `${webResources}/${page}.js`,
  });
  await copyFile(`pages/${page}.html`, `${webResources}/${page}.html`);
}
await copyFile("pages/pages.css", `${webResources}/pages.css`);
await build({
  ...common,
  entryPoints: ["platform.mjs"],
  outfile: "out/platform/platform.js",
  define: { "process.env.NODE_ENV": '"production"' },
});
