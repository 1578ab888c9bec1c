"""The way of webhooks from Dataverse to the functions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from tests.api.events import WEBHOOK
from tests.mock_dataverse.webhooks import TRIED_AGAIN, Webhook
from tests.simulation.agenda import Agenda
from tests.simulation.host import Host, late_seconds
from tests.simulation.mishaps import Fate, WebhooksWent


@dataclass(slots=True)
class Post:
    """Brings webhooks, each a second after what it tells of, unless the story says otherwise."""

    host: Host
    agenda: Agenda
    _spells: list[WebhooksWent] = field(default_factory=list)
    _sent: int = 0

    def follow(self, step: WebhooksWent) -> None:
        self._spells.append(step)

    def send(self, webhooks: Iterable[Webhook]) -> None:
        for webhook in webhooks:
            self._sent += 1
            fate = self._fate()
            self.host.met[f"webhooks: {fate.value}" if fate else "webhooks"] += 1
            at = self.agenda.now + 1 + late_seconds(self._sent, fate)
            for _ in range({Fate.LOST: 0, Fate.TWICE: 2}.get(fate, 1) if fate else 1):
                self.agenda.add(at, partial(self._bring, webhook))

    def _fate(self) -> Fate | None:
        now = self.agenda.now
        return next((each.fate for each in self._spells if each.start <= now < each.end), None)

    def _bring(self, webhook: Webhook) -> None:
        """Bring one; only a gateway that does not answer gets a second chance."""
        for _ in range(2):
            reply = self.host.ask("POST", WEBHOOK, webhook.body, headers=webhook.headers)
            if reply is None or reply.status not in TRIED_AGAIN:
                break
