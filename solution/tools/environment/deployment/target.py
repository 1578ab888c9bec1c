"""What an environment shall be like."""

from dataclasses import dataclass, field
from uuid import UUID

from solution.model.webhooks import RECEIVER
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
        application_id: of the functions' application; None leaves users alone.
        reimports: the package is imported although its version is there.
    """

    package: Package
    functions_url: str
    parameters: Parameters
    webhook_key: str | None = field(default=None, repr=False)
    renews_key: bool = False
    application_id: UUID | None = None
    reimports: bool = False

    @property
    def receiver_url(self) -> str:
        return f"{self.functions_url}/{RECEIVER}"
