"""What a webhook step tells of the row as it was before the change: the image of the step."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from dataverse_client import DataverseClient, Query, Row, any_of, eq, link
from solution.model.webhooks import IMAGE_ALIAS, STEPS, Step

STEP_SET = "sdkmessageprocessingsteps"
IMAGE_SET = "sdkmessageprocessingstepimages"
IMAGE = {
    "name": IMAGE_ALIAS,
    "entityalias": IMAGE_ALIAS,
    "imagetype": 0,  # as it was
    "messagepropertyname": "Target",
}


def registered_images(dataverse: DataverseClient) -> dict[UUID, Row]:
    """Return those of our images that are there, by their id."""
    with_image = (step for step in STEPS if step.before)
    ours = any_of(*(eq("sdkmessageprocessingstepimageid", step.image_id) for step in with_image))
    columns = (*IMAGE, "attributes", "_sdkmessageprocessingstepid_value")
    rows = dataverse.rows(Query(IMAGE_SET).select(*columns).where(ours))
    return {UUID(row["sdkmessageprocessingstepimageid"]): row for row in rows}


def tells_what_was(step: Step, images: Mapping[UUID, Row]) -> bool:
    """Tell whether the step's image is as it should be; a step without one has nothing to tell."""
    if not step.before:
        return True
    row = images.get(step.image_id)
    if row is None or row["_sdkmessageprocessingstepid_value"] != str(step.id):
        return False
    columns = str(row["attributes"] or "").replace(" ", "").split(",")
    as_wanted = all(row[name] == value for name, value in IMAGE.items())
    return as_wanted and set(columns) == set(step.before)


def register_image(dataverse: DataverseClient, step: Step) -> None:
    """Make the image what it should be; its step is there."""
    row: dict[str, Any] = {
        **IMAGE,
        "attributes": ",".join(step.before),
        "sdkmessageprocessingstepid@odata.bind": link(STEP_SET, step.id),
    }
    dataverse.merge_or_create(IMAGE_SET, step.image_id, row)
