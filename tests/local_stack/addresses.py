"""Where the four parts of the stack answer."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Base addresses: ``api`` ends in ``/api``, ``dataverse`` in ``/api/data/v9.2``."""

    api: str
    dataverse: str
    tokens: str
    workspace: str

    def as_json(self) -> str:
        return json.dumps(asdict(self))
