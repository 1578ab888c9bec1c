/** The web resource `cht_/signin.js`: signs in with MSAL and gives the widget its tokens. */

import { PublicClientApplication } from "@azure/msal-browser";
import { MsalTokens } from "./msalTokens";

window.chtSignIn = {
  create: (options) => {
    const client = new PublicClientApplication({
      auth: {
        clientId: options.clientId,
        authority: `https://login.microsoftonline.com/${options.tenantId ?? "organizations"}`,
        redirectUri: options.redirectUrl,
      },
      cache: { cacheLocation: "localStorage" },
    });
    return new MsalTokens(client, options, () => Date.now());
  },
};
