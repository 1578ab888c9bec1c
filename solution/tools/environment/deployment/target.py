"""What an environment shall be like."""

from dataclasses import dataclass, field
from uuid import UUID

from solution.model.webhooks import ACTIVITY_STEPS, RECEIVER, STEPS, Step
from solution.tools.environment.form_xml import Parameters
from solution.tools.environment.package import Package


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the environment shall be like.

    Attributes:
        functions_url: where the functions answer; ends in ``/api``.
        parameters: what the widget on our case form is told; what is not given stays as it is.
        webhook_key: what the webhook is to be called with; None when nobody said.
        renews_key: the key is set although one is set.
        activity_webhooks: Dataverse tells of activities at once, at the price of a job for each.
        application_id: of the functions' application; None leaves users alone.
        reimports: the package is imported although its version is there.
        representative: for whom the functions try their calls; None for whoever deploys.
        smoke_test_case: on which every table is tried; None tries none.
    """

    package: Package
    functions_url: str
    parameters: Parameters
    webhook_key: str | None = field(default=None, repr=False)
    renews_key: bool = False
    activity_webhooks: bool = False
    application_id: UUID | None = None
    reimports: bool = False
    representative: UUID | None = None
    smoke_test_case: UUID | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The webhook steps that are to be registered; others of ours are taken away."""
        return tuple(step for step in STEPS if self.activity_webhooks or step not in ACTIVITY_STEPS)

    @property
    def receiver_url(self) -> str:
        return f"{self.functions_url}/{RECEIVER}"
