/** The page that Entra sends its answer to, in a hidden frame or in the sign-in window: it hands the
 *  answer to the form that asked. */

import { broadcastResponseToMainFrame } from "@azure/msal-browser/redirect-bridge";

broadcastResponseToMainFrame().catch((error: unknown) => {
  document.body.textContent = String(error);
});
