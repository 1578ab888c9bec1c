/** Stands in for the product's sign-in: takes the page's person's tokens from the local token desk. */

(() => {
  const SPARE_SECONDS = 300;

  const expiryOf = (token) => {
    const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(payload)).exp;
  };

  const create = () => {
    let known;
    let underWay;

    const isGood = () => known !== undefined && Date.now() / 1000 < known.expiry - SPARE_SECONDS;

    const fetched = async () => {
      const { tokens } = await (await fetch("/stack.json")).json();
      const person = document.documentElement.dataset.user;
      const answer = await fetch(`${tokens}/token?user=${encodeURIComponent(person)}`);
      if (!answer.ok) {
        throw Object.assign(new Error(`The token desk answered ${answer.status}`), {
          code: "interaction_required",
        });
      }
      const { token } = await answer.json();
      known = { token, expiry: expiryOf(token) };
    };

    const token = async () => {
      if (!isGood()) {
        underWay ??= fetched().finally(() => {
          underWay = undefined;
        });
        await underWay;
      }
      return known.token;
    };

    return {
      token,
      tokenNow: () => (isGood() ? known.token : undefined),
      signIn: async () => {
        await token();
      },
    };
  };

  window.chtSignIn = { create };
})();
