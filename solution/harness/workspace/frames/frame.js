/** A page of its own within the workspace's page, in the theme of the latter. */

const outer = window.parent.document.documentElement;
const takeTheme = () => {
  document.documentElement.dataset.theme = outer.dataset.theme;
};
const themes = new MutationObserver(takeTheme);
themes.observe(outer, { attributeFilter: ["data-theme"] });
window.addEventListener("pagehide", () => themes.disconnect());
takeTheme();
