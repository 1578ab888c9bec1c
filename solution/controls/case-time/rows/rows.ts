/** The web resource `cht_/rows.js`: keeps time in Dataverse through the form's own session. Apart
 *  from the control, since most environments never need it. */

import { RowsGateway } from "./rowsGateway";
import { WebApiSession } from "./webApiSession";

window.chtRows = {
  create: ({ me, webApi, send, clientUrl, app, now }) =>
    new RowsGateway(new WebApiSession(me, webApi, send, clientUrl, app), now),
};
