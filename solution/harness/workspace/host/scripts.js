/** The scripts the platform brings along, and the control as it registers itself. */

const CONTROL = "Cht.CaseTime";

/** Load the libraries and the built control; return its constructor.
 *  Rejects when one of them is not there, which is to say not built. */
export async function loadControl() {
  const registered = new Map();
  window.ComponentFramework = {
    registerControl: (name, constructor) => registered.set(name, constructor),
  };
  await load("/platform.js");
  await load("/controls/CaseTime/bundle.js");
  if (!registered.has(CONTROL)) {
    throw new Error(`the bundle registers no ${CONTROL}`);
  }
  return registered.get(CONTROL);
}

function load(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${source} is not there`));
    document.head.append(script);
  });
}
