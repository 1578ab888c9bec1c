"""What an environment has and allows, as far as that decides how we may come into it."""

from dataclasses import dataclass

from lxml import etree

from dataverse_client import AlternateKey, DataverseClient, Query
from dataverse_client import operations as op
from solution.model.identity import CASE_FORM_LABEL
from solution.model.labels import LANGUAGES
from solution.model.webhooks import Step
from solution.tools.environment.case_forms import CASE, is_missing
from solution.tools.environment.errors import Stopped
from solution.tools.environment.without_webhooks import WITHOUT_WEBHOOKS

SETTINGS = "orgdborgsettings"
LOCKDOWN = "IsLockdownOfUnmanagedCustomizationEnabled"
"""*Block unmanaged customizations* in the admin center. What nobody set is not among the settings.

Source: Power Platform docs ``alm/block-unmanaged-customizations`` for what it does; public tools
that set it for the name.
"""
PROVISIONED = "RetrieveProvisionedLanguages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What was found.

    Attributes:
        blocks_unmanaged: it takes managed solutions only, and nobody may change forms here.
        languages: those of our texts that are provisioned here, by number.
    """

    blocks_unmanaged: bool = False
    languages: tuple[int, ...] = LANGUAGES

    @property
    def missing_languages(self) -> tuple[int, ...]:
        return tuple(language for language in LANGUAGES if language not in self.languages)

    @property
    def without_webhooks(self) -> str | None:
        """What holds if the endpoint is refused; None where that must not be."""
        return WITHOUT_WEBHOOKS if self.blocks_unmanaged else None

    def needs(self, step: Step) -> bool:
        """Tell whether a deployment here without this step is none."""
        return step.is_required and not self.blocks_unmanaged


def surroundings(dataverse: DataverseClient) -> Surroundings:
    """Look around, in one request.

    Raises:
        Stopped: there are no cases here.
    """
    organization = op.read_rows(Query("organizations").select(SETTINGS))
    provisioned = op.call_function(PROVISIONED)
    cases = op.read_row("EntityDefinitions", AlternateKey(LogicalName=CASE), select=["LogicalName"])
    answers = dataverse.batch([organization, provisioned, cases])
    if is_missing(answers.error(cases)):
        raise Stopped(
            f"there is no table {CASE!r} here: install Dynamics 365 Customer Service first;"
            " nothing was changed"
        )
    (settings,) = (row.get(SETTINGS) for row in answers[organization].rows)
    # Who cannot learn the languages brings all of them, as an import by hand does.
    found = LANGUAGES if answers.error(provisioned) else answers[provisioned][PROVISIONED]
    return Surroundings(
        blocks_unmanaged=blocks_unmanaged(settings),
        languages=tuple(
            language for language in LANGUAGES if language in found or language == LANGUAGES[0]
        ),
    )


def require_changeable_forms(dataverse: DataverseClient) -> None:
    """Refuse to change a form where Dataverse would.

    Raises:
        Stopped: unmanaged customizations are blocked.
    """
    if surroundings(dataverse).blocks_unmanaged:
        raise Stopped(
            "this environment blocks unmanaged customizations, so no form can be changed here: use"
            f" the form that came along, {CASE_FORM_LABEL!r}, or bring a changed form in a managed"
            " solution of your own"
        )


def blocks_unmanaged(settings: str | None) -> bool:
    """Tell what the settings of an organization say; unreadable ones say nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(f"<settings>{settings or ''}</settings>", parser)
    said = (str(flag.text or "").strip().lower() for flag in root.iter(LOCKDOWN))
    return any(text in {"true", "1"} for text in said)
