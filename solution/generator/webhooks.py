"""``PluginAssemblies/ServiceEndpoints.xml`` and ``SdkMessageProcessingSteps/<id>.xml``.

The address and the secret differ per environment and the secret is never exported: deployment
brings both. Until then the endpoint leads nowhere, by a name that never resolves.

Source: Microsoft's customizations schema for the shape, ``docs`` ``register-web-hook`` for the
numbers, ``org-service/use-messages`` for the ids of the messages.
"""

from solution.generator.elements import braced, element, leaves
from solution.model.webhooks import (
    ENDPOINT_ID,
    ENDPOINT_NAME,
    IMAGE_ALIAS,
    RECEIVER,
    SETTING_OVERRIDES,
    STEPS,
    Message,
    Step,
)
from solution.tools.packing.documents import Element

NOWHERE = f"https://example.invalid/api/{RECEIVER}"
WEBHOOK, WEBHOOK_KEY, JSON = 8, 4, 2
ENDPOINT_TABLE = 4618
"""``serviceendpoint`` by number: what handles a step."""
ASYNCHRONOUS, AFTER = 1, 40
AS_IT_WAS = 0
"""The type of an image that shows the row before the change."""
MESSAGE_IDS = {
    Message.CREATE: "9ebdbb1b-ea3e-db11-86a7-000a3a5473e8",
    Message.UPDATE: "20bebb1b-ea3e-db11-86a7-000a3a5473e8",
    Message.DELETE: "a1bdbb1b-ea3e-db11-86a7-000a3a5473e8",
    Message.MERGE: "dbbdbb1b-ea3e-db11-86a7-000a3a5473e8",
}
"""A file can name a message only by its id. Dataverse's own have the same everywhere; ``Close``
comes with the customer service app, and its id and that of ``Restore`` are published nowhere, so
these steps are left to the deployment, which finds the messages by their names."""


def shipped_steps() -> list[Step]:
    """Return the steps that the solution can bring by itself.

    An import fails as a whole over one step that an environment does not offer, and whether it
    offers those of the setting tables is not published: the deployment looks, and goes on without.
    """
    return [
        step
        for step in STEPS
        if step.message in MESSAGE_IDS and step.table not in SETTING_OVERRIDES
    ]


def endpoints_document() -> Element:
    endpoint = element(
        "ServiceEndpoint",
        *leaves(
            ConnectionMode=1,
            Contract=WEBHOOK,
            UserClaim=1,
            IsCustomizable=1,
            AuthType=WEBHOOK_KEY,
            MessageFormat=JSON,
            Url=NOWHERE,
        ),
        Name=ENDPOINT_NAME,
        ServiceEndpointId=braced(ENDPOINT_ID),
    )
    return element("ServiceEndpoints", endpoint)


def step_document(step: Step) -> Element:
    filtered = {"FilteringAttributes": ",".join(step.columns)} if step.columns else {}
    return element(
        "SdkMessageProcessingStep",
        *leaves(
            PrimaryEntity=step.table,
            AsyncAutoDelete=1,
            **filtered,
            Mode=ASYNCHRONOUS,
            Rank=1,
            SdkMessageId=MESSAGE_IDS[step.message],
            EventHandler=braced(ENDPOINT_ID),
            EventHandlerTypeCode=ENDPOINT_TABLE,
            Stage=AFTER,
            IsCustomizable=1,
            IsHidden=0,
            SupportedDeployment=0,
            IntroducedVersion="1.0",
        ),
        element("SdkMessageProcessingStepImages", *_images(step)),
        Name=step.name,
        SdkMessageProcessingStepId=braced(step.id),
    )


def _images(step: Step) -> list[Element]:
    if not step.before:
        return []
    parts = leaves(
        SdkMessageProcessingStepImageId=braced(step.image_id),
        Attributes=",".join(step.before),
        EntityAlias=IMAGE_ALIAS,
        ImageType=AS_IT_WAS,
        MessagePropertyName="Target",
        IsCustomizable=1,
        IntroducedVersion="1.0",
    )
    return [element("SdkMessageProcessingStepImage", *parts, Name=IMAGE_ALIAS)]
