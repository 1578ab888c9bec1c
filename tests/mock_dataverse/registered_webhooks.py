"""The endpoint and the steps that a deployment registers, in an environment that had one."""

from solution.model.webhooks import ENDPOINT_ID, ENDPOINT_NAME, IMAGE_ALIAS, STEPS, Step
from tests.mock_dataverse.environment import Environment
from tests.mock_dataverse.platform_rows import MESSAGES, filter_id
from tests.mock_dataverse.platform_tables import SERVICE_ENDPOINT, STEP, STEP_IMAGE
from tests.mock_dataverse.putting import put_row
from tests.mock_dataverse.store import Row

RECEIVER = "https://functions.example/api/webhooks/dataverse"


def register_webhooks(env: Environment) -> None:
    """Put the endpoint and every step of the model in place, those that are optional too."""
    endpoint: Row = {
        "name": ENDPOINT_NAME,
        "url": RECEIVER,
        "authvalue": "key",
        "isauthvalueset": 1,
        "contract": 8,
        "authtype": 4,
        "messageformat": 2,
        "connectionmode": 1,
        "userclaim": 1,
    }
    put_row(env, SERVICE_ENDPOINT, ENDPOINT_ID, endpoint)
    for step in STEPS:
        _register(env, step)


def _register(env: Environment, step: Step) -> None:
    values: Row = {
        "name": step.name,
        "mode": 1,
        "stage": 40,
        "rank": 1,
        "filteringattributes": ",".join(step.columns) or None,
        "asyncautodelete": 1,
        "sdkmessageid": str(MESSAGES[step.message.value]),
        "sdkmessagefilterid": str(filter_id(step.table, step.message.value)),
        "eventhandler": str(ENDPOINT_ID),
    }
    put_row(env, STEP, step.id, values)
    if step.before:
        image: Row = {
            "name": IMAGE_ALIAS,
            "entityalias": IMAGE_ALIAS,
            "imagetype": 0,
            "attributes": ",".join(step.before),
            "messagepropertyname": "Target",
            "sdkmessageprocessingstepid": str(step.id),
        }
        put_row(env, STEP_IMAGE, step.image_id, image)
