// Builds what is no control: the web resources that it loads, and the libraries that the real platform
// brings along, for the simulated workspace.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const { version } = JSON.parse(await readFile("pages/model/solution.json", "utf8"));

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
await writePage("signin/redirect.html", "signin-redirect");
for (const page of ["settings", "health"]) {
  await build({
    ...common,
    entryPoints: [`pages/${page}.ts`],
    outfile: `${webResources}/${page}.js`,
  });
  await writePage(`pages/${page}.html`, page);
}
await copyFile("pages/pages.css", `${webResources}/pages.css`);
await build({
  ...common,
  entryPoints: ["platform.mjs"],
  outfile: "out/platform/platform.js",
  define: { "process.env.NODE_ENV": '"production"' },
});

/** A page loads its files by addresses with the version in them, as the control does: none that a
 *  browser kept of an older one is used. */
async function writePage(source, name) {
  const html = await readFile(source, "utf8");
  const versioned = html.replace(/\b(src|href)="([^"]+)"/g, `$1="$2?v=${version}"`);
  await writeFile(`${webResources}/${name}.html`, versioned);
}
