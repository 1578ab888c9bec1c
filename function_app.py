"""The function app: registers the blueprints, nothing else."""

import azure.functions as func

from functions.blueprints import case_events, entries, queues, service, timers, webhooks, widget

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
for module in (widget, entries, webhooks, case_events, queues, timers, service):
    app.register_functions(module.blueprint)
