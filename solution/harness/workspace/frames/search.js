/** Finds among a few titles while one types. */

const TITLES = [
  "How to ask the right questions first",
  "When to offer a replacement",
  "Warranty: what counts as a dent",
  "Network drops: what the provider wants to know",
  "A changed phone and the second factor",
  "Reading an invoice with two addresses",
];

const input = document.querySelector("input");
const list = document.querySelector("ul");

function show() {
  const wanted = input.value.trim().toLowerCase();
  const found = TITLES.filter((title) => title.toLowerCase().includes(wanted)).slice(0, 3);
  const items = (found.length > 0 ? found : ["Nothing found"]).map((title) => {
    const item = document.createElement("li");
    item.textContent = title;
    return item;
  });
  list.replaceChildren(...items);
}

input.addEventListener("input", show);
show();
