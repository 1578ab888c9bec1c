"""The function app: registers the blueprints, nothing else."""

import azure.functions as func

from functions.blueprints import entries, queues, service, timers, webhooks, widget

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)
for module in (widget, entries, webhooks, queues, timers, service):
    app.register_functions(module.blueprint)
